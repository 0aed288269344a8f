import Alerting
import ClusterLinks
import Testing

struct IncidentBookTests {
    private typealias Sample = AlertSample
    private var book = IncidentBook()

    private mutating func fire(_ alert: Alert, _ around: AlertSurroundings = Sample.around(), at second: Int) throws
        -> Incident
    {
        let changed = book.take([.fired(alert, around)], at: Sample.at(second))
        return try #require(changed.first)
    }

    @Test mutating func `an alert alone opens an incident of its id`() throws {
        let incident = try fire(Sample.firing("a"), at: 0)
        #expect(incident.id == "a" && incident.openedAt == Sample.at(0) && incident.isOpen)
        #expect(incident.children.map(\.grounds) == [.first])
        #expect(incident.reason == "no other firing alert shares its cause")
    }

    @Test mutating func `links of a cluster that cannot be polled join it`() throws {
        _ = try fire(Sample.firing("u", .clusterUnreachable, code: "timeout"), at: 0)
        let incident = try fire(Sample.firing("a", .linkMissing, code: nil), at: 1)
        #expect(incident.id == "u" && incident.children.count == 2)
        #expect(incident.children.last?.grounds == .unreachableCluster(ClusterID("lkc-1")))
        #expect(incident.reason == "cluster lkc-1 could not be polled when one alert of its links fired")
        #expect(try fire(Sample.firing("b", on: "lkc-2", link: "x"), at: 2).id == "b")
    }

    @Test mutating func `a cluster that cannot be polled is no part of what its link reported before`() throws {
        _ = try fire(Sample.firing("a"), at: 0)
        #expect(try fire(Sample.firing("u", .clusterUnreachable, code: "timeout"), at: 1).id == "u")
    }

    @Test mutating func `once the cluster can be polled its links stand alone`() throws {
        let unreachable = Sample.firing("u", .clusterUnreachable, code: "timeout")
        _ = try fire(unreachable, at: 0)
        let changed = book.take(
            [.fired(Sample.firing("a"), Sample.around()), .resolved(Sample.resolved(unreachable, at: Sample.at(9)))],
            at: Sample.at(9)
        )
        #expect(changed.map(\.id) == ["u", "a"])
        #expect(changed.map(\.isOpen) == [false, true])
    }

    @Test mutating func `what a cluster's links report once it answers again is not hidden in its incident`() throws {
        var unreachable = Sample.firing("u", .clusterUnreachable, code: "timeout")
        _ = try fire(unreachable, at: 0)
        unreachable.goodSince = Alert.Mark(number: 2, at: Sample.at(1))
        let steps: [IncidentStep] = [
            .fired(Sample.firing("a"), Sample.around()), .changed(unreachable, Sample.around()),
        ]
        #expect(book.take(steps, at: Sample.at(1)).map(\.id) == ["u", "a"])
        #expect(try fire(Sample.firing("b", link: "b"), at: 2).id == "b")
        unreachable.goodSince = nil
        _ = book.take([.changed(unreachable, Sample.around())], at: Sample.at(3))
        #expect(try fire(Sample.firing("t", .taskError, link: "t", code: "X"), at: 4).id == "u")
    }

    @Test(
        arguments: [
            ("lkc-9", "TIMEOUT_ERROR", true), ("lkc-9", "UNKNOWN", false), ("lkc-8", "TIMEOUT_ERROR", false),
            (nil, "TIMEOUT_ERROR", false), ("lkc-9", nil, false),
        ] as [(String?, String?, Bool)]
    )
    mutating func `links towards one cluster with one code are one incident`(
        remote: String?,
        code: String?,
        joins: Bool
    ) throws {
        _ = try fire(Sample.firing("a"), Sample.around(remote: "lkc-9"), at: 0)
        let second = Sample.firing("b", on: "lkc-2", link: "b", code: code)
        let incident = try fire(second, Sample.around(remote: remote), at: 1)
        #expect((incident.id == "a") == joins)
        if joins { #expect(incident.reason == "2 links towards cluster lkc-9 reported TIMEOUT_ERROR") }
    }

    @Test mutating func `no code is no common code`() throws {
        _ = try fire(Sample.firing("a", .linkMissing, code: nil), Sample.around(remote: "lkc-9"), at: 0)
        let second = Sample.firing("b", .linkMissing, link: "b", code: nil)
        #expect(try fire(second, Sample.around(remote: "lkc-9"), at: 1).id == "b")
    }

    @Test(arguments: [true, false])
    mutating func `the two sides of a link are one incident, whichever knows of the other`(firstKnows: Bool) throws {
        let one = Sample.around(otherSide: firstKnows ? Sample.link("lkc-2", "orders") : nil)
        let other = Sample.around(otherSide: firstKnows ? nil : Sample.link("lkc-1", "orders"))
        _ = try fire(Sample.firing("a", code: "A"), one, at: 0)
        let incident = try fire(Sample.firing("b", on: "lkc-2", code: "B"), other, at: 1)
        #expect(incident.id == "a")
    }

    @Test mutating func `two alerts of one link are one incident`() throws {
        _ = try fire(Sample.firing("a"), at: 0)
        #expect(try fire(Sample.firing("t", .taskError, severity: .warning, code: "X"), at: 1).id == "a")
        #expect(try fire(Sample.firing("other", link: "other", code: "X"), at: 2).id == "other")
    }

    @Test(arguments: [(AlertKind.linkState, AlertKind.linkError), (.linkError, .linkState)])
    mutating func `a trouble that takes another shape goes on`(before: AlertKind, after: AlertKind) throws {
        let first = Sample.firing("a", before, code: "A")
        _ = try fire(first, at: 0)
        let steps: [IncidentStep] = [
            .resolved(Sample.resolved(first, at: Sample.at(1))),
            .fired(Sample.firing("b", after, code: "B"), Sample.around()),
        ]
        let changed = book.take(steps, at: Sample.at(1))
        #expect(changed.map(\.id) == ["a"] && changed.map(\.isOpen) == [true])
        #expect(changed.first?.children.last?.grounds == .oneLink(Sample.link("lkc-1", "orders")))
        // Another link's trouble does not go on in it.
        #expect(try fire(Sample.firing("c", link: "c", code: "A"), at: 2).id == "c")
    }

    @Test mutating func `of several steps of one alert at one instant the last stands`() throws {
        let alert = Sample.firing("a", severity: .warning)
        _ = try fire(alert, at: 0)
        var other = alert
        other.code = "UNKNOWN"
        let raised = Sample.raised(other, to: .critical)
        let changed = book.take(
            [.changed(other, Sample.around()), .changed(raised, Sample.around())],
            at: Sample.at(1)
        )
        #expect(changed.first?.children.map(\.alert) == [raised])
    }

    @Test mutating func `a joiner goes to the oldest that fits, and open incidents stay apart`() throws {
        _ = try fire(Sample.firing("a", link: "a"), Sample.around(remote: "lkc-9"), at: 0)
        _ = try fire(Sample.firing("b", on: "lkc-2", link: "b", code: "B"), at: 1)
        let both = Sample.around(remote: "lkc-9", otherSide: Sample.link("lkc-2", "b"))
        #expect(try fire(Sample.firing("c", on: "lkc-3", link: "c"), both, at: 2).id == "a")
        #expect(book.open.map(\.id) == ["a", "b"])
    }

    @Test mutating func `what has resolved draws nothing in, and the last to resolve closes`() throws {
        let first = Sample.firing("a", link: "a")
        let second = Sample.firing("b", link: "b", severity: .warning, code: "TIMEOUT_ERROR")
        _ = try fire(first, Sample.around(remote: "lkc-9"), at: 0)
        _ = try fire(second, Sample.around(remote: "lkc-9"), at: 1)
        let left = book.take([.resolved(Sample.resolved(first, at: Sample.at(2)))], at: Sample.at(2))
        #expect(left.map(\.isOpen) == [true])
        #expect(left.first?.severity == .critical && left.first?.firing.map(\.alert.id) == ["b"])
        #expect(try fire(Sample.firing("t", .taskError, link: "a", code: "X"), at: 3).id == "t")
        let closed = book.take([.resolved(Sample.resolved(second, at: Sample.at(4)))], at: Sample.at(4))
        #expect(closed.map(\.closedAt) == [Sample.at(4)])
        #expect(closed.first?.children.count == 2)
        #expect(book.incident(ofAlert: "b") == nil && book.incident(ofAlert: "t")?.id == "t")
    }

    @Test mutating func `another code changes what an alert draws in, and not where it is`() throws {
        let alert = Sample.firing("a", link: "a")
        _ = try fire(alert, Sample.around(remote: "lkc-9"), at: 0)
        var changed = alert
        changed.code = "UNKNOWN"
        #expect(book.take([.changed(changed, Sample.around(remote: "lkc-9"))], at: Sample.at(1)).map(\.id) == ["a"])
        #expect(try fire(Sample.firing("b", link: "b"), Sample.around(remote: "lkc-9"), at: 2).id == "b")
        let third = Sample.firing("c", link: "c", code: "UNKNOWN")
        #expect(try fire(third, Sample.around(remote: "lkc-9"), at: 3).id == "a")
    }

    @Test mutating func `severity only rises`() throws {
        let alert = Sample.firing("a", severity: .warning)
        _ = try fire(alert, at: 0)
        let raised = book.take([.changed(Sample.raised(alert, to: .critical), Sample.around())], at: Sample.at(1))
        #expect(raised.map(\.severity) == [.critical])
        #expect(book.take([.changed(alert, Sample.around())], at: Sample.at(2)).map(\.severity) == [.critical])
    }

    @Test mutating func `a step taken twice or of nothing known changes nothing`() throws {
        let alert = Sample.firing("a")
        _ = try fire(alert, at: 0)
        #expect(book.take([.fired(alert, Sample.around())], at: Sample.at(1)).isEmpty)
        let stranger = Sample.resolved(Sample.firing("x"), at: Sample.at(1))
        #expect(book.take([.resolved(stranger)], at: Sample.at(1)).isEmpty)
        #expect(book.take([], at: Sample.at(1)).isEmpty)
    }

    @Test mutating func `a later occurrence takes the place of an earlier one`() throws {
        let first = Sample.firing("a1", link: "a")
        _ = try fire(Sample.firing("b", link: "b"), Sample.around(remote: "lkc-9"), at: 0)
        _ = try fire(first, Sample.around(remote: "lkc-9"), at: 1)
        _ = book.take([.resolved(Sample.resolved(first, at: Sample.at(2)))], at: Sample.at(2))
        let incident = try fire(Sample.firing("a2", link: "a"), Sample.around(remote: "lkc-9"), at: 3)
        #expect(incident.children.map(\.alert.id) == ["b", "a2"])
    }

    @Test func `what comes out depends neither on the order of one instant nor on a restart`() {
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<200 {
            var straight = IncidentBook()
            var shuffled = IncidentBook()
            var firing: [Alert] = []
            for second in 0..<20 {
                var steps: [IncidentStep] = []
                for alert in firing where generator.oneIn(4) {
                    steps.append(.resolved(Sample.resolved(alert, at: Sample.at(second))))
                    firing.removeAll { $0.id == alert.id }
                }
                for number in 0..<generator.number(0...4) {
                    let alert = Self.randomAlert("\(second).\(number)", &generator)
                    firing.append(alert)
                    steps.append(.fired(alert, Self.randomSurroundings(&generator)))
                }
                let expected = straight.take(steps, at: Sample.at(second))
                #expect(shuffled.take(steps.shuffled(using: &generator), at: Sample.at(second)) == expected)
                if generator.oneIn(3) { shuffled = IncidentBook(open: shuffled.open.shuffled(using: &generator)) }
                #expect(shuffled.open == straight.open)
                #expect(Set(straight.open.flatMap { $0.firing.map(\.alert.id) }) == Set(firing.map(\.id)))
                #expect(straight.open.allSatisfy { !$0.firing.isEmpty && $0.isOpen })
            }
        }
    }

    private static func randomAlert(_ id: String, _ generator: inout SeededGenerator) -> Alert {
        Sample.firing(
            id,
            generator.pick([.linkError, .linkError, .taskError, .clusterUnreachable]),
            on: generator.pick(["lkc-1", "lkc-2", "lkc-3"]),
            link: generator.pick(["a", "b", "c", "d"]),
            severity: generator.pick(AlertSeverity.allCases),
            code: generator.pick(["A", "B", nil])
        )
    }

    private static func randomSurroundings(_ generator: inout SeededGenerator) -> AlertSurroundings {
        Sample.around(
            remote: generator.pick(["lkc-8", "lkc-9", nil]),
            otherSide: generator.oneIn(3)
                ? Sample.link(generator.pick(["lkc-1", "lkc-2"]), generator.pick(["a", "b"])) : nil
        )
    }
}
