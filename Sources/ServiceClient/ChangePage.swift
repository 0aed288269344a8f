package import ExactJSON

/// A page of the change feed: what changed after a number, and the number to go on from.
package struct ChangePage: Sendable {
    package let changes: [JSONValue]
    package let next: Int64
}

extension Respondent {
    /// - Parameters:
    ///   - filters: of the feed.
    ///   - wait: how long to wait for a change where there is none.
    package func changes(
        after position: Int64,
        filters: [(name: String, value: String)],
        limit: Int = 500,
        wait: Duration = .zero
    ) async throws(ServiceError) -> ChangePage {
        var query = filters
        query.append(("after", String(position)))
        query.append(("limit", String(limit)))
        if wait > .zero { query.append(("wait", "\(Int(wait / .milliseconds(1)))ms")) }
        let answer = try await ask(
            ServiceRequest(["api", "v1", "changes"], query: query, patience: wait + .seconds(30))
        )
        guard let changes = answer.object?["data"]?.array,
            let next = answer.object?["next_cursor"]?.string.flatMap(Int64.init), next >= position
        else { throw .unintelligible(status: 200, reason: "a page of changes without a place to go on from") }
        return ChangePage(changes: changes, next: next)
    }

    /// The changes after a number, oldest first.
    /// - Parameter limit: how many at most; nil or 0 for all there are.
    package func changes(
        from position: Int64,
        filters: [(name: String, value: String)],
        limit: Int?,
        _ tell: (Int) -> Void = { _ in }
    ) async throws(ServiceError) -> [JSONValue] {
        let most = limit ?? 0 == 0 ? Int.max : limit ?? 0
        var found: [JSONValue] = []
        var position = position
        while found.count < most {
            let page = try await changes(after: position, filters: filters, limit: min(500, most - found.count))
            found += page.changes
            guard page.next > position else { break }
            position = page.next
            tell(found.count)
        }
        return found
    }

    /// The last changes that filters admit, oldest first.
    ///
    /// The feed is read oldest first, so spans are read that end where the last began, each four times as long.
    package func lastChanges(
        _ count: Int,
        upTo last: Int64,
        filters: [(name: String, value: String)],
        _ tell: (Int64) -> Void = { _ in }
    ) async throws(ServiceError) -> [JSONValue] {
        var found: [JSONValue] = []
        var (upper, span) = (last, Int64(min(max(count, 500), 1_000_000)))
        var isExhausted = false
        while upper > 0, found.count < count, !isExhausted {
            var position = max(upper - span, 0)
            var piece: [JSONValue] = []
            while position < upper {
                tell(upper - position)
                do throws(ServiceError) {
                    let page = try await changes(after: position, filters: filters)
                    piece += page.changes.filter { ($0.object?["sequence"]?.int).map(Int64.init) ?? 0 <= upper }
                    // An empty page at the feed's end stays where it is.
                    position = page.next > position ? page.next : upper
                } catch {
                    guard case .refused(let problem) = error, problem.type == "sequence-gone",
                        let oldest = problem.members["oldest_sequence"]?.int
                    else { throw error }
                    isExhausted = true
                    position = max(Int64(oldest) - 1, position)
                }
            }
            found = piece + found
            upper = max(upper - span, 0)
            span = min(span * 4, 1_000_000)
        }
        return Array(found.suffix(count))
    }
}
