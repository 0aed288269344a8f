package import ClusterLinks

/// Everything that was ever observed of a cluster, kept as it came; what it means is worked out anew for each question.
package struct NaiveCluster: Sendable {
    package struct Poll: Sendable {
        package enum Result: Sendable {
            case list([Int: LinkFacts], ghosts: Int)
            case unchanged
            case failure(String)
        }

        package let at: Instant
        package let duration: Duration
        package let staleAfter: Duration
        package let result: Result

        package var failure: String? {
            if case .failure(let reason) = result { reason } else { nil }
        }
    }

    package enum Observation: Sendable {
        case start
        case configured(Instant)
        case retired(Instant)
        case poll(Poll)
        case tasks(Instant, of: Int, Set<String>)
    }

    package var observations: [Observation] = []
    package var staleAfter = Duration.seconds(180)

    package init() {}

    package var polls: [Poll] {
        observations.compactMap { if case .poll(let poll) = $0 { poll } else { nil } }
    }

    /// The successful polls, with what the cluster then had.
    package var frames: [(at: Instant, staleAfter: Duration, links: [Int: LinkFacts], ghosts: Int)] {
        var frames: [(at: Instant, staleAfter: Duration, links: [Int: LinkFacts], ghosts: Int)] = []
        for poll in polls {
            switch poll.result {
            case .list(let links, let ghosts): frames.append((poll.at, poll.staleAfter, links, ghosts))
            case .unchanged:
                if let last = frames.last { frames.append((poll.at, poll.staleAfter, last.links, last.ghosts)) }
            case .failure: break
            }
        }
        return frames
    }

    package var snapshots: [(first: Instant, last: Instant, links: [Int: LinkFacts])] {
        var snapshots: [(first: Instant, last: Instant, links: [Int: LinkFacts])] = []
        for frame in frames {
            if let open = snapshots.last, open.links == frame.links {
                snapshots[snapshots.count - 1].last = frame.at
            } else {
                snapshots.append((frame.at, frame.at, frame.links))
            }
        }
        return snapshots
    }

    package var isConfigured: Bool {
        for case let observation in observations.reversed() {
            switch observation {
            case .configured: return true
            case .retired: return false
            case .start, .poll, .tasks: continue
            }
        }
        return false
    }

    /// When the cluster was configured, until the distant future where it still is.
    package var configuredSpans: [(from: Instant, to: Instant)] {
        var configured: [(from: Instant, to: Instant)] = []
        for observation in observations {
            switch observation {
            case .configured(let at): configured.append((at, .distantFuture))
            case .retired(let at): configured[configured.count - 1].to = at
            case .start, .poll, .tasks: continue
            }
        }
        return configured
    }

    package var numbers: Set<Int> { Set(frames.flatMap(\.links.keys)) }

    package func link(_ number: Int) -> NaiveLink { NaiveLink(number, of: self) }

    /// Milliseconds of a span in which the cluster was known: some poll was young enough then, and the cluster configured.
    package func known(from: Instant, to: Instant) -> Int64 {
        let configured = configuredSpans
        let frames = frames
        // The latest success alone says how long it holds.
        let young = zip(frames, frames.dropFirst().map(\.at) + [.distantFuture]).map { frame, next in
            (from: frame.at, to: min(frame.at.advanced(by: frame.staleAfter), next))
        }
        let edges = Set((configured + young).flatMap { [$0.from, $0.to] } + [from, to]).filter {
            $0 >= from && $0 <= to
        }.sorted()
        return zip(edges, edges.dropFirst()).reduce(0) { sum, edge in
            let holds = { (span: (from: Instant, to: Instant)) in span.from <= edge.0 && edge.1 <= span.to }
            return configured.contains(where: holds) && young.contains(where: holds)
                ? sum + (edge.1 - edge.0).milliseconds : sum
        }
    }
}

extension Instant {
    package static let distantFuture = Instant(milliseconds: .max)
}
