import HTTPServing
import InventoryAPI
import Synchronization

/// Counts answers by route, method and status code: what `linkwatch_http_requests_total` shows.
final class RequestCounter: Sendable {
    private struct Key: Hashable {
        let route: String
        let method: String
        let code: Int
    }

    private let counts = Mutex<[Key: Int]>([:])

    func add(_ exchange: Exchange) {
        let key = Key(route: exchange.routeTemplate, method: exchange.methodLabel, code: exchange.status)
        counts.withLock { $0[key, default: 0] += 1 }
    }

    var all: [RequestCount] {
        counts.withLock(\.self)
            .map { RequestCount(route: $0.key.route, method: $0.key.method, code: $0.key.code, count: $0.value) }
            .sorted { ($0.route, $0.method, $0.code) < ($1.route, $1.method, $1.code) }
    }
}
