import HTTPServing
import InventoryAPI
import Locking

/// Counts answers by route, method and status code, and how long those of each route took: what
/// `linkwatch_http_requests_total` and `linkwatch_http_request_duration_seconds` show.
///
/// It is told of every request on the event queue, so what it counts is found by the route's place, not by its name.
final class RequestCounter: Sendable {
    private struct Tally {
        var counts: [RequestCount] = []
        var durations: RequestDurations

        init(route: String) { durations = RequestDurations(route: route) }

        mutating func add(_ exchange: Exchange) {
            durations.add(nanoseconds: exchange.nanoseconds)
            let method = exchange.methodLabel
            let code = exchange.status
            // A route has few methods and statuses.
            if let index = counts.firstIndex(where: { $0.code == code && $0.method == method }) {
                counts[index].count += 1
            } else {
                counts.append(
                    RequestCount(route: exchange.routeTemplate, method: method, code: code, count: 1)
                )
            }
        }
    }

    /// By the place of the route in the router's table; what matched none comes first.
    private let tallies = Locked<[Tally?]>([])

    func add(_ exchange: Exchange) {
        let place = exchange.routeIndex.map { $0 + 1 } ?? 0
        tallies.withLock { tallies in
            while tallies.count <= place { tallies.append(nil) }
            if tallies[place] == nil { tallies[place] = Tally(route: exchange.routeTemplate) }
            tallies[place]?.add(exchange)
        }
    }

    var counts: [RequestCount] {
        tallies.withLock(\.self).compactMap(\.self).flatMap(\.counts)
            .sorted { ($0.route, $0.method, $0.code) < ($1.route, $1.method, $1.code) }
    }

    var durations: [RequestDurations] {
        tallies.withLock(\.self).compactMap { $0?.durations }.sorted { $0.route < $1.route }
    }
}
