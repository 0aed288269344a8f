import Foundation
import Locking

/// Counts the open connections of all event loops, in all and per address, and says whether one more is welcome.
final class ConnectionLedger: Sendable {
    enum Admission: Sendable {
        case welcome
        /// Over a limit: to be told 503 and let go.
        case turnedAway
        /// Over a limit, with too many already being told so: to be closed without a word.
        case dropped
    }

    private struct State {
        var limits: HTTPLimits
        var open = 0
        var turnedAway = 0
        var byHost: [String: Int] = [:]
    }

    /// Telling takes a descriptor and some time; under a flood the rest is dropped.
    private static let turnedAwayAtOnce = 64

    private let state: Locked<State>

    init(limits: HTTPLimits) {
        state = Locked(State(limits: limits))
    }

    /// Holds for who comes from now on; nobody who was let in is sent away.
    func adopt(_ limits: HTTPLimits) { state.withLock { $0.limits = limits } }

    /// Connections open now, those being turned away left out.
    var open: Int { state.withLock { $0.open } }

    func admit(_ peer: PeerAddress) -> Admission {
        state.withLock { state in
            let host = Self.host(peer)
            let fromHost = host.map { state.byHost[$0, default: 0] } ?? 0
            guard state.open < state.limits.connections, fromHost < state.limits.connectionsPerAddress else {
                guard state.turnedAway < Self.turnedAwayAtOnce else { return .dropped }
                state.turnedAway += 1
                return .turnedAway
            }
            state.open += 1
            if let host { state.byHost[host] = fromHost + 1 }
            return .welcome
        }
    }

    func release(_ peer: PeerAddress, wasWelcome: Bool) {
        state.withLock { state in
            guard wasWelcome else {
                state.turnedAway -= 1
                return
            }
            state.open -= 1
            guard let host = Self.host(peer), let count = state.byHost[host] else { return }
            state.byHost[host] = count > 1 ? count - 1 : nil
        }
    }

    /// What connections are counted by: an IPv4 address, or the first 64 bits of an IPv6 address, of which one client
    /// commonly has all that follow (RFC 6177).
    ///
    /// Clients of a unix socket have no address to be counted by.
    private static func host(_ peer: PeerAddress) -> String? {
        guard case .ip(let host, _) = peer else { return nil }
        var address = in6_addr()
        guard host.contains(":"), inet_pton(AF_INET6, host, &address) == 1 else { return host }
        return withUnsafeBytes(of: &address) { bytes in
            bytes.prefix(8).map { String($0, radix: 16) }.joined(separator: ":")
        }
    }
}
