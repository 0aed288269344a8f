package import ClusterLinks
import HTTPServing
import Locking

/// Counts what is refused for want of the right token, slows who sends wrong ones, and knows what the log should say of it.
///
/// **Slowing.** A right token is never refused and never waits, whatever came from its address: an attacker behind the same
/// proxy shuts nobody out. So no limit can hold a guesser below what connections allow, and what keeps a token safe is its
/// length; slowing spares the service, and gives scripts that use a wrong token the pace of one answer a second. Wrong ones
/// of one network use up a burst, which comes back one a second; then answers are kept back, each a second longer, and what
/// would wait too long is told to come again later, on another connection. It is all in one instant for each network
/// ("generic cell rate", ITU-T I.371 §5.4.1).
///
/// **Memory.** So many networks are known; beyond, the rest count as one.
///
/// **Log.** A run is what one network is refused for one reason with no pause longer than `calm`: its beginning and its end
/// are told, not what lies between.
package final class FailedAttempts: Sendable {
    /// Why, as the metric's label tells it.
    package enum Reason: String, Sendable, CaseIterable {
        case missingToken = "missing_token"
        case wrongToken = "wrong_token"
        case malformedCredentials = "malformed_credentials"
        case insufficientRole = "insufficient_role"
        /// A write from another site's page; no failure of authentication, but told with them.
        case foreignOrigin = "foreign_origin"

        /// Whether it is a guess.
        fileprivate var isSlowed: Bool { self == .wrongToken || self == .malformedCredentials }

        /// Whether the log tells of it: a reader without a token is how a browser begins.
        fileprivate func isTold(ofWrites: Bool) -> Bool { self != .missingToken || ofWrites }
    }

    /// When a refusal is to be answered.
    package enum Verdict: Sendable, Hashable {
        case now
        /// After so long.
        case after(Duration)
        /// At once, with another status: the next attempt is welcome in so long.
        case tooMany(retryAfter: Duration)
    }

    /// A line for the log.
    package enum Report: Sendable, Hashable {
        case began(network: String, reason: Reason)
        /// Tells of more than one.
        case ended(network: String, reason: Reason, count: Int, span: Duration)
        /// So many runs began besides those that are told.
        case others(Int)
    }

    private struct Run {
        var first: Instant
        var last: Instant
        var count = 1
        var isTold = false
    }

    private struct Network {
        /// When the burst will be whole again.
        var due: Instant
        var runs: [Reason: Run] = [:]
    }

    private struct State {
        var counts: [Reason: Int] = [:]
        var networks: [String: Network] = [:]
        var swept: Instant?
    }

    /// What comes back of the burst each time, and by how much longer each next answer is kept back.
    static let pace = Duration.seconds(1)
    /// Wrong attempts of a network that are answered at once.
    static let burst = 10
    /// Answers of one network that are kept back at a time.
    static let kept = 5
    static let calm = Duration.seconds(60)
    private static let linesAtATime = 20
    /// The rest of those that there is no room for.
    static let rest = "others"

    private let state = Locked(State())
    private let capacity: Int

    /// - Parameter capacity: how many networks are told apart.
    package init(capacity: Int = 4096) { self.capacity = capacity }

    /// How often something was refused, of every reason that the metric has.
    package var counts: [(reason: Reason, count: Int)] {
        let counts = state.withLock(\.counts)
        return Reason.allCases.filter { $0 != .foreignOrigin }.map { ($0, counts[$0] ?? 0) }
    }

    /// How many networks are remembered.
    var networks: Int { state.withLock(\.networks.count) }

    /// Takes a refusal down.
    /// - Parameter isWrite: whether something was to be changed.
    func note(_ reason: Reason, from peer: PeerAddress, isWrite: Bool, at now: Instant) -> Verdict {
        state.withLock { state in
            state.counts[reason, default: 0] += 1
            let isTold = reason.isTold(ofWrites: isWrite)
            guard isTold || reason.isSlowed else { return .now }
            let name = Self.name(of: PeerNetwork(peer).description, in: &state, capacity: capacity, at: now)
            var network = state.networks.removeValue(forKey: name) ?? Network(due: now)
            defer { state.networks[name] = network }
            if var run = network.runs[reason] {
                run.last = max(run.last, now)
                run.count += 1
                network.runs[reason] = run
            } else {
                network.runs[reason] = Run(first: now, last: now)
            }
            return reason.isSlowed ? Self.verdict(on: &network.due, at: now) : .now
        }
    }

    private static func verdict(on due: inout Instant, at now: Instant) -> Verdict {
        let next = max(due, now).advanced(by: pace)
        let wait = (next - now) - pace * burst
        guard wait <= pace * kept else { return .tooMany(retryAfter: wait) }
        due = next
        return wait > .zero ? .after(wait) : .now
    }

    /// Under which name a network is counted.
    private static func name(of network: String, in state: inout State, capacity: Int, at now: Instant) -> String {
        guard state.networks[network] == nil, state.networks.count >= capacity else { return network }
        // At most once a second: else each further network would cost a look at all.
        if state.swept.map({ now - $0 >= pace }) ?? true {
            state.swept = now
            state.networks = state.networks.filter { !isOver($0.value, at: now) }
        }
        return state.networks.count < capacity ? network : rest
    }

    private static func isOver(_ network: Network, at now: Instant) -> Bool {
        network.due <= now && network.runs.values.allSatisfy { now - $0.last > calm }
    }

    /// What the log has not been told yet; forgets what is over.
    ///
    /// Meant to be called every second, away from where requests are answered, since a log may keep its writers waiting.
    package func takeReports(at now: Instant) -> [Report] {
        state.withLock { state in
            var reports: [Report] = []
            var untold = 0
            for (name, var network) in state.networks {
                for (reason, run) in network.runs {
                    let isLine = reports.count < Self.linesAtATime
                    if !run.isTold {
                        network.runs[reason]?.isTold = true
                        if isLine { reports.append(.began(network: name, reason: reason)) } else { untold += 1 }
                    }
                    guard now - run.last > Self.calm else { continue }
                    network.runs[reason] = nil
                    if run.count > 1, isLine {
                        reports.append(
                            .ended(network: name, reason: reason, count: run.count, span: run.last - run.first)
                        )
                    }
                }
                state.networks[name] = Self.isOver(network, at: now) && network.runs.isEmpty ? nil : network
            }
            return untold > 0 ? reports + [.others(untold)] : reports
        }
    }
}
