import ConfluentSimulator
import Testing

struct LivelyFleetTests {
    private static func play(clusters: Int = 6, links: Int = 8, seed: UInt64 = 42) -> (SimulatedFleet, LivelyFleet) {
        let fleet = SimulatedFleet.make(seed: seed, clusters: clusters, links: links)
        return (fleet, LivelyFleet(seed: seed, fleet: fleet))
    }

    @Test func `events come once, in order of time, and the rounds repeat for ever`() {
        let step = SimulatorScript.Step(at: .seconds(2), .addGhosts("a", count: 1))
        let early = SimulatorScript.Step(at: .seconds(1), .removeGhosts("a", count: 1))
        var script = SimulatorScript(roundLength: .seconds(10)) { _ in [step, early] }
        #expect(script.nextInstant == .seconds(1))
        #expect(script.events(upTo: .milliseconds(999)).isEmpty)
        #expect(script.events(upTo: .seconds(2)) == [early.event, step.event])
        #expect(script.nextInstant == .seconds(10))
        #expect(script.events(upTo: .seconds(11)) == [early.event])
        #expect(script.events(upTo: .seconds(32)).count == 1 + 2 + 2)
    }

    @Test func `the play is the same for the same seed`() {
        var one = Self.play().1.script
        var two = Self.play().1.script
        #expect(one.opening == two.opening)
        #expect(one.events(upTo: .seconds(600)) == two.events(upTo: .seconds(600)))
        var other = Self.play(seed: 43).1.script
        #expect(one.opening != other.opening)
        #expect(other.events(upTo: .seconds(600)).count > 100)
    }

    @Test func `errors, a degraded link, ghosts and good links are there from the start`() throws {
        var (fleet, lively) = Self.play()
        for event in lively.script.opening { try fleet.apply(event) }
        let links = fleet.clusters.flatMap(\.links)
        #expect(links.filter { $0.error != nil }.count >= 2)
        #expect(links.contains { $0.error == nil && $0.tasks.contains { !$0.errors.isEmpty } })
        #expect(links.contains { $0.state == "UNAVAILABLE" })
        #expect(links.filter { $0.error == nil && $0.tasks.allSatisfy(\.errors.isEmpty) }.count > 10)
        #expect(fleet.clusters.contains { !$0.ghosts.isEmpty })
    }

    @Test func `one cluster is dark from the third second until long after it is stale`() throws {
        let (fleet, lively) = Self.play()
        let dark = try #require(lively.darkClusterID)
        var upstream = SimulatedUpstream(fleet: fleet)
        var script = lively.script
        var darkSeconds: [Int] = []
        for second in 0..<60 {
            for event in script.events(upTo: .seconds(second)) { try? upstream.apply(event) }
            let answer = try upstream.answer(UpstreamRequest(.listLinks, on: dark), at: .seconds(second))
            if answer.status != 200 || answer.breaksOff != nil { darkSeconds.append(second) }
        }
        #expect(darkSeconds == Array(3..<38))
    }

    @Test(arguments: [(1, 1), (1, 8), (2, 2), (3, 5), (6, 8), (20, 3)])
    func `no event of ten rounds misses its link`(clusters: Int, links: Int) throws {
        let (fleet, lively) = Self.play(clusters: clusters, links: links)
        var upstream = SimulatedUpstream(fleet: fleet)
        var script = lively.script
        for event in script.opening + script.events(upTo: .seconds(600)) { try upstream.apply(event) }
        #expect((lively.darkClusterID == nil) == (clusters == 1))
    }

    @Test func `an empty fleet has a play without links`() {
        var script = Self.play(clusters: 0, links: 0).1.script
        #expect(script.opening.isEmpty)
        #expect(script.events(upTo: .seconds(600)).isEmpty)
    }
}
