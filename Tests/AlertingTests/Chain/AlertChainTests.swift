import Alerting
import ClusterLinks
import Testing

/// Random feeds through the whole chain, from what is observed to what receivers get.
struct AlertChainTests {
    private static let feedsInAShare: UInt64 = 8

    private static func feeds(of share: UInt64) -> [FleetFeed] {
        (share * feedsInAShare..<(share + 1) * feedsInAShare).map { seed in
            FleetFeed(seed: seed, count: 150, hasOneSeverity: seed.isMultiple(of: 2))
        }
    }

    @Test(arguments: 0..<5) func `a restart shows in nothing, wherever it falls`(share: UInt64) throws {
        var repeated = 0
        for feed in Self.feeds(of: share) {
            let unbroken = try FleetRun(feed, isInterrupted: false, hasPeople: true)
            let broken = try FleetRun(feed, isInterrupted: true, hasPeople: true)
            try #require(broken.arrivals == unbroken.arrivals)
            #expect(broken.firingPosts == unbroken.firingPosts)
            #expect(broken.endedPosts == unbroken.endedPosts)
            #expect(broken.chain.steps == unbroken.chain.steps)
            #expect(broken.chain.alerts.map(\.alerts) == unbroken.chain.alerts.map(\.alerts))
            #expect(broken.incidents == unbroken.incidents)
            #expect(broken.chain.desk.book.open.map(\.id) == unbroken.chain.desk.book.open.map(\.id))
            repeated += broken.chain.deliveries.count - broken.arrivals.count
        }
        #expect(repeated > 0)
    }

    @Test(arguments: 0..<5) func `what people say changes what is told and nothing that is recorded`(share: UInt64)
        throws
    {
        var spared = 0
        for (number, feed) in Self.feeds(of: share).enumerated() {
            let alone = try FleetRun(feed, isInterrupted: false, hasPeople: false)
            let heard = try FleetRun(feed, isInterrupted: false, hasPeople: true)
            #expect(heard.chain.steps == alone.chain.steps)
            #expect(heard.chain.alerts.map(\.alerts) == alone.chain.alerts.map(\.alerts))
            #expect(heard.chain.history == alone.chain.history)
            #expect(heard.firingPosts.subtracting(alone.firingPosts) == [])
            #expect(heard.endedPosts.subtracting(heard.firingPosts) == [])
            let (told, all) = (Set(heard.arrivals.map(\.id)), Set(alone.arrivals.map(\.id)))
            // Where a silence of the graver of two alerts ends later, it is told by itself: only with one severity nothing
            // can be told that would not have been told anyway.
            if number.isMultiple(of: 2) { #expect(told.isSubset(of: all)) }
            #expect(Self.beginningsAndEnds(heard).isSubset(of: Self.beginningsAndEnds(alone)))
            spared += all.subtracting(told).count
        }
        #expect(spared > 50)
    }

    private static func beginningsAndEnds(_ run: FleetRun) -> Set<String> {
        Set(run.arrivals.filter { $0.kind != .reminder }.map { "\($0.kind.rawValue) \($0.incident) \($0.receiver)" })
    }

    @Test func `much happens in the feeds`() throws {
        var kinds: Set<AlertKind> = []
        var steps: Set<AlertStep.Kind> = []
        var told: Set<IncidentNotification.Kind> = []
        var children = 0
        var graver = 0
        for feed in Self.feeds(of: 1) {
            let run = try FleetRun(feed, isInterrupted: true, hasPeople: true)
            kinds.formUnion(run.chain.steps.map(\.after.subject.kind))
            steps.formUnion(run.chain.steps.map(\.kind))
            told.formUnion(run.arrivals.map(\.kind))
            children += run.incidents.count { $0.children.count > 2 }
            graver += run.arrivals.count {
                $0.id == IncidentNotification.id(of: $0.incident, kind: .firing, ordinal: 2)
            }
        }
        #expect(kinds == [.linkError, .linkState, .taskError, .clusterUnreachable])
        #expect(steps.isSuperset(of: [.fired, .codeChanged, .severityRaised, .startedFlapping, .calmed, .resolved]))
        #expect(told == Set(IncidentNotification.Kind.allCases))
        #expect(children > 5 && graver > 3)
    }
}
