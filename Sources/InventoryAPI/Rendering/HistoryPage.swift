import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// A page of rows of the past: newest first, going on where the cursor says.
enum HistoryPage {
    /// - Parameter sequence: a change that the rows contain, read before they were.
    static func answer<Row>(
        _ question: Question,
        sequence: Int64,
        now: Instant,
        rows: (History.Page) async throws -> [Row],
        position: (Row) -> History.Position,
        write: (Row, inout [UInt8]) -> Void
    ) async throws -> Response {
        let limit = try question.limit
        let (from, to) = try question.window(now: now)
        let page = History.Page(
            from: from,
            to: to,
            before: try start(from: Cursor(of: question, parts: 2)),
            limit: limit + 1
        )
        let found = try await rows(page)
        let shown = found.prefix(limit)
        let next = found.count > limit ? shown.last.map { cursor(at: position($0)) } : nil
        return JSONAnswer.response(
            JSONList.encoded(
                shown,
                nextCursor: next?.text(for: question),
                write: write
            ),
            sequence: sequence
        )
    }

    private static func cursor(at position: History.Position) -> Cursor {
        Cursor(key: [String(position.at.milliseconds), String(position.key)])
    }

    private static func start(from cursor: Cursor?) throws -> History.Position? {
        guard let cursor else { return nil }
        guard let at = Int64(cursor.key[0]), let key = Int64(cursor.key[1]) else {
            throw APIProblem.badCursor
        }
        return History.Position(at: Instant(milliseconds: at), key: key)
    }
}
