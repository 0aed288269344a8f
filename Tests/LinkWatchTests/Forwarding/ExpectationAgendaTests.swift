import ClusterLinks
import Testing

@testable import LinkWatch

struct ExpectationAgendaTests {
    private static let cluster = ClusterID("lkc-1")
    private static let other = ClusterID("lkc-2")

    private static func expectation(_ name: String) throws -> LinkExpectation {
        LinkExpectation(change: .create, link: try #require(LinkName(name)), before: [])
    }

    /// Looks whenever it is due until nothing is, and tells when that was.
    private static func looks(
        _ agenda: inout ExpectationAgenda,
        isMet: ((LinkExpectation, Duration) -> Bool)? = { _, _ in false }
    ) -> (at: [Duration], ended: [ExpectationAgenda.Ended]) {
        var instants: [Duration] = []
        var ended: [ExpectationAgenda.Ended] = []
        while let due = agenda.nextDue, instants.count < 1000 {
            instants.append(due)
            for cluster in agenda.takeDue(at: due) {
                let judge = isMet.map { isMet in { (expectation: LinkExpectation) in isMet(expectation, due) } }
                ended += agenda.looked(at: cluster, isMet: judge, at: due)
            }
        }
        return (instants, ended)
    }

    @Test func `the waits double up to fifteen seconds, and after five minutes it is given up`() throws {
        var agenda = ExpectationAgenda()
        #expect(agenda.nextDue == nil && agenda.takeDue(at: .seconds(9)).isEmpty)
        agenda.expect(try Self.expectation("a"), of: Self.cluster, at: .seconds(100))
        let (instants, ended) = Self.looks(&agenda)
        let seconds = instants.map { ($0 - .seconds(100)).seconds }
        #expect(seconds.prefix(7) == [0.5, 1, 2, 4, 8, 16, 31])
        #expect(zip(seconds, seconds.dropFirst()).dropFirst(5).allSatisfy { $1 - $0 <= 15 })
        #expect(seconds.last == 300 && seconds.count == 25)
        let expected = ExpectationAgenda.Ended(
            expectation: try Self.expectation("a"),
            end: .givenUp,
            after: .seconds(300)
        )
        #expect(ended == [expected])
    }

    @Test func `one look serves all that is expected of a cluster`() throws {
        var agenda = ExpectationAgenda()
        for name in ["a", "b", "c"] { agenda.expect(try Self.expectation(name), of: Self.cluster, at: .zero) }
        agenda.expect(try Self.expectation("d"), of: Self.other, at: .zero)
        #expect(Set(agenda.takeDue(at: .milliseconds(500))) == [Self.cluster, Self.other])
        #expect(agenda.takeDue(at: .seconds(99)).isEmpty, "a cluster is looked at once at a time")
        let ended = agenda.looked(
            at: Self.cluster,
            isMet: { $0.link.rawValue != "b" },
            at: .milliseconds(700)
        )
        #expect(ended.map(\.expectation.link.rawValue) == ["a", "c"])
        #expect(ended.allSatisfy { $0.end == .met && $0.after == .milliseconds(700) })
        #expect(agenda.looked(at: Self.other, isMet: { _ in true }, at: .seconds(1)).count == 1)
        #expect(agenda.nextDue == .milliseconds(1200))
    }

    @Test func `a list that was asked for before the cluster answered proves nothing`() throws {
        var agenda = ExpectationAgenda()
        agenda.expect(try Self.expectation("a"), of: Self.cluster, at: .zero)
        _ = agenda.takeDue(at: .seconds(1))
        agenda.expect(try Self.expectation("b"), of: Self.cluster, at: .seconds(2))
        let ended = agenda.looked(at: Self.cluster, isMet: { _ in true }, at: .seconds(3))
        #expect(ended.map(\.expectation.link.rawValue) == ["a"])
        // What is new begins the waits anew.
        #expect(agenda.nextDue == .seconds(3) + .milliseconds(500))
    }

    @Test func `something new is looked for soon though the waits had become long`() throws {
        var agenda = ExpectationAgenda()
        agenda.expect(try Self.expectation("a"), of: Self.cluster, at: .zero)
        for _ in 0..<7 {
            let due = try #require(agenda.nextDue)
            _ = agenda.takeDue(at: due)
            _ = agenda.looked(at: Self.cluster, isMet: { _ in false }, at: due)
        }
        #expect(agenda.nextDue == .seconds(46))
        agenda.expect(try Self.expectation("b"), of: Self.cluster, at: .seconds(32))
        #expect(agenda.nextDue == .milliseconds(32_500))
    }

    @Test func `looks that bring no list end with patience, too`() throws {
        var agenda = ExpectationAgenda()
        agenda.expect(try Self.expectation("a"), of: Self.cluster, at: .zero)
        let (instants, ended) = Self.looks(&agenda, isMet: nil)
        #expect(instants.last == .seconds(300))
        #expect(ended.map(\.end) == [.givenUp])
    }

    @Test func `what is met at the last look is met`() throws {
        var agenda = ExpectationAgenda()
        agenda.expect(try Self.expectation("a"), of: Self.cluster, at: .zero)
        let (_, ended) = Self.looks(&agenda) { _, at in at >= .seconds(300) }
        #expect(ended.map(\.end) == [.met])
    }

    @Test func `a cluster that leaves is forgotten`() throws {
        var agenda = ExpectationAgenda()
        agenda.expect(try Self.expectation("a"), of: Self.cluster, at: .seconds(1))
        _ = agenda.takeDue(at: .seconds(2))
        #expect(agenda.forget(Self.cluster, at: .seconds(3)).map(\.end) == [.clusterLeft])
        #expect(agenda.looked(at: Self.cluster, isMet: { _ in true }, at: .seconds(4)).isEmpty)
        #expect(agenda.nextDue == nil)
        #expect(agenda.forget(Self.other, at: .seconds(3)).isEmpty)
    }
}
