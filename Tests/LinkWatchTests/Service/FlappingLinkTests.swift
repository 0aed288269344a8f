import ClusterLinks
import ConfluentSimulator
import ExactJSON
import Testing

@testable import LinkWatch

/// What history and errors tell of a link that fails and recovers, against instants taken around the events.
@Suite(.timeLimit(.minutes(2)))
struct FlappingLinkTests {
    private struct Event {
        let code: String?
        let message: String?
        let before: Instant
        let after: Instant
        let at: Instant
    }

    private static let play: [(code: String?, message: String?)] = [
        (nil, nil), ("TIMEOUT_ERROR", "first"), ("TIMEOUT_ERROR", "second"), ("AUTHENTICATION_ERROR", "third"),
        (nil, nil),
        ("TIMEOUT_ERROR", "fourth"), (nil, nil),
    ]

    /// Plays, polling after each step; the instants stand apart, as two events of one millisecond would not.
    private func flap(_ address: LinkAddress, _ simulator: SimulatorControl, _ live: LiveService) async throws
        -> [Event]
    {
        var events: [Event] = []
        for (code, message) in Self.play {
            try simulator.apply(.setError(address, code: code, message: message))
            let before = live.now
            let poll = try await live.api.poll(address.clusterID)
            let after = live.now
            let at = try #require(poll["at"].instant)
            #expect(before <= at && at <= after)
            events.append(Event(code: code, message: message, before: before, after: after, at: at))
        }
        return events
    }

    @Test func `history shows every version with the instants of its polls`() async throws {
        try await withFleetAndService { configuration in
            configuration.pollEach { $0.tasks = false }
        } _: { simulator, live in
            let address = simulator.address()
            let events = try await flap(address, simulator, live)
            let versions = Array(try await live.versions(of: address).reversed())
            #expect(versions.count == events.count)
            for (index, version) in versions.enumerated() {
                #expect(version["valid_from"].instant == events[index].at)
                #expect(version["valid_to"].instant == (index + 1 < events.count ? events[index + 1].at : nil))
                let error = version["link"]["link_error"].string
                #expect(error == events[index].code || (events[index].code == nil && error == "NO_ERROR"))
                #expect(version["link"]["link_error_message"].string == events[index].message)
            }
            // How many mirror topics fail goes with the error, and is of no interest here.
            let changed = versions.map { $0["changed"].texts.filter { $0 != "category_counts" } }
            let both = ["link_error", "link_error_message"]
            #expect(changed == [[], both, ["link_error_message"], both, both, both, both])
            let spanned = try await live.api.get(
                "/api/v1/clusters/\(address.clusterID)/links/\(address.linkName)/history"
                    + "?from=\(events[2].at)&to=\(events[4].at)"
            )
            #expect(spanned.rows.map(\.["valid_from"].instant) == [events[3].at, events[2].at])
        }
    }

    @Test func `errors show every episode with its length and its messages`() async throws {
        try await withFleetAndService { simulator, live in
            let address = simulator.address()
            let events = try await flap(address, simulator, live)
            let episodes = Array(try await live.episodes(of: address).reversed())
            #expect(
                episodes.map(\.["link_error"].string) == ["TIMEOUT_ERROR", "AUTHENTICATION_ERROR", "TIMEOUT_ERROR"]
            )
            #expect(episodes.map(\.["started_at"].instant) == [events[1].at, events[3].at, events[5].at])
            #expect(episodes.map(\.["ended_at"].instant) == [events[3].at, events[4].at, events[6].at])
            #expect(episodes.map(\.["observations"].int) == [2, 1, 1])
            #expect(episodes.map(\.["link_error_message"].string) == ["second", "third", "fourth"])
            #expect(episodes[0]["messages"].array?.map(\.["message"].string) == ["first", "second"])
            #expect(episodes.allSatisfy { $0["ongoing"].bool == false })
            #expect(episodes.allSatisfy { $0["started_before_observation"].bool == false })
            let length = events[1].at.duration(to: events[3].at)
            #expect(abs((episodes[0]["duration_seconds"].seconds ?? -1) - length.inSeconds) < 0.000_5)
            #expect(episodes.allSatisfy { $0["blind_seconds"].seconds == 0 })
        }
    }

    @Test func `an error that was there at the first look began before it`() async throws {
        try await withFleetAndService { simulator, live in
            let address = simulator.address()
            try simulator.apply(.setError(address, code: "UNKNOWN_TO_US", message: nil))
            let poll = try await live.api.poll(address.clusterID)
            let episode = try #require(try await live.episodes(of: address).first)
            #expect(episode["started_before_observation"].bool == true)
            #expect(episode["started_at"] == poll["at"])
            #expect(episode["ongoing"].bool == true)
            #expect(episode["ended_at"].isNull)
            #expect(episode["link_error"].string == "UNKNOWN_TO_US")
        }
    }
}

extension Instant {
    fileprivate func duration(to other: Instant) -> Duration { .milliseconds(other.milliseconds - milliseconds) }
}

extension Duration {
    fileprivate var inSeconds: Double { self / .seconds(1) }
}
