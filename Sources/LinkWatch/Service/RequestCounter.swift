import HTTPServing
import InventoryAPI
import Locking

/// Counts answers by route, method and status code, and how long those of each route took: what
/// `linkwatch_http_requests_total` and `linkwatch_http_request_duration_seconds` show.
final class RequestCounter: Sendable {
    private struct Key: Hashable {
        let route: String
        let method: String
        let code: Int
    }

    private struct State {
        var counts: [Key: Int] = [:]
        var durations: [String: RequestDurations] = [:]
    }

    private let state = Locked(State())

    func add(_ exchange: Exchange) {
        let route = exchange.routeTemplate
        let key = Key(route: route, method: exchange.methodLabel, code: exchange.status)
        state.withLock { state in
            state.counts[key, default: 0] += 1
            state.durations[route, default: RequestDurations(route: route)].add(exchange.duration)
        }
    }

    var counts: [RequestCount] {
        state.withLock(\.counts)
            .map { RequestCount(route: $0.key.route, method: $0.key.method, code: $0.key.code, count: $0.value) }
            .sorted { ($0.route, $0.method, $0.code) < ($1.route, $1.method, $1.code) }
    }

    var durations: [RequestDurations] { state.withLock(\.durations).values.sorted { $0.route < $1.route } }
}
