import Alerting
import ClusterLinks
import Testing

/// An alert that crosses its thresholds too often within the window stays firing until it is calm.
struct AlertFlappingTests {
    private static func flap(_ cluster: inout WatchedCluster, times: Int) throws {
        for _ in 0..<times {
            try cluster.lists(Item.bad)
            cluster.listsTheSame()
            try cluster.lists(Item.good)
            cluster.listsTheSame()
        }
    }

    private static func words(_ cluster: WatchedCluster) -> [AlertStep.Kind] {
        cluster.steps.map(\.kind).filter { ![.began, .recovering, .relapsed].contains($0) }
    }

    @Test func theResolveThatWouldBeOneTooManyIsHeldBack() throws {
        var cluster = WatchedCluster()
        try Self.flap(&cluster, times: 6)
        #expect(Self.words(cluster) == [.fired, .resolved, .fired, .resolved, .fired, .startedFlapping])
        #expect(cluster.alert(.linkError)?.isFlapping == true)
        #expect(cluster.alert(.linkError)?.state == .firing)
    }

    @Test func aRestartBetweenAnyTwoObservationsMakesNoDifference() throws {
        var cluster = WatchedCluster()
        for _ in 0..<6 {
            try cluster.lists(Item.bad)
            cluster.restarts()
            cluster.listsTheSame()
            cluster.restarts()
            try cluster.lists(Item.good)
            cluster.restarts()
            cluster.listsTheSame()
            cluster.restarts()
        }
        #expect(Self.words(cluster) == [.fired, .resolved, .fired, .resolved, .fired, .startedFlapping])
    }

    @Test func aWholeWindowOfGoodObservationsCalmsAndResolves() throws {
        var cluster = WatchedCluster()
        try Self.flap(&cluster, times: 4)
        // The last flip was a poll ago.
        for _ in 0..<58 { #expect(cluster.listsTheSame() == []) }
        #expect(cluster.listsTheSame() == ["link_error orders calmed", "link_error orders resolved recovered"])
        #expect(cluster.alerts.isEmpty)
    }

    @Test func aWholeWindowOfBadObservationsTakesTheMarkAndKeepsTheAlert() throws {
        var cluster = WatchedCluster()
        try Self.flap(&cluster, times: 4)
        try cluster.lists(Item.bad)
        for _ in 0..<59 { #expect(cluster.listsTheSame() == []) }
        #expect(cluster.listsTheSame() == ["link_error orders calmed"])
        #expect(cluster.alert(.linkError)?.state == .firing)
        try cluster.lists(Item.good)
        #expect(cluster.listsTheSame() == ["link_error orders resolved recovered"])
    }

    @Test func slowChangesAreNoFlapping() throws {
        var cluster = WatchedCluster()
        for _ in 0..<10 {
            try Self.flap(&cluster, times: 1)
            cluster.waits(.seconds(1800))
        }
        #expect(!cluster.steps.contains { $0.kind == .startedFlapping })
    }

    @Test func whatDoesNotCrossAThresholdTellsNobody() throws {
        var cluster = WatchedCluster()
        for _ in 0..<20 {
            try cluster.lists(Item.bad)
            try cluster.lists(Item.good)
        }
        #expect(cluster.steps.allSatisfy { $0.after.firedAt == nil })
    }

    @Test func aDeletionAndTheConfigurationEndFlappingAlertsAtOnce() throws {
        var cluster = WatchedCluster()
        try Self.flap(&cluster, times: 4)
        #expect(try cluster.lists() == ["link_error orders resolved deleted"])
    }

    @Test(arguments: [0, 1])
    func whereHardlyAnyChangeIsAllowedTheFirstResolveWaitsUntilCalm(changes: Int) throws {
        let policy = AlertPolicy(flapping: AlertPolicy.Flapping(changes: changes, window: .seconds(300)))
        var cluster = WatchedCluster(AlertRules(policy: policy))
        try Self.flap(&cluster, times: 1)
        #expect(cluster.alert(.linkError)?.isFlapping == true)
        for _ in 0..<3 { #expect(cluster.listsTheSame() == []) }
        #expect(cluster.listsTheSame() == ["link_error orders calmed", "link_error orders resolved recovered"])
    }
}
