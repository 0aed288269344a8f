import ClusterLinks
import Inventory

/// A page of what is open, from memory, and of what is over, from the database: newest first, going on where the cursor says.
enum NewestFirst {
    /// - Parameters:
    ///   - open: in any order.
    ///   - past: reads so many of those that are over and come after a position; of two with one id these stand, as they
    ///     are read later.
    static func page<Item>(
        _ question: Question,
        open: [Item] = [],
        past: (History.AlertPosition?, Int) async throws -> [Item],
        position: (Item) -> History.AlertPosition
    ) async throws -> (items: ArraySlice<Item>, nextCursor: String?) {
        let limit = try question.limit
        let start = try start(from: Cursor(of: question, parts: 2))
        let over = try await past(start, limit + 1)
        let ended = Set(over.map { position($0).id })
        let present = open.filter { item in
            let position = position(item)
            return !ended.contains(position.id) && start.map { isNewer($0, than: position) } ?? true
        }
        let all = (present + over).sorted { isNewer(position($0), than: position($1)) }
        let shown = all.prefix(limit)
        let next = all.count > limit ? shown.last.map { cursor(at: position($0)).text(for: question) } : nil
        return (shown, next)
    }

    private static func isNewer(_ left: History.AlertPosition, than right: History.AlertPosition) -> Bool {
        left.at == right.at ? left.id > right.id : left.at > right.at
    }

    private static func cursor(at position: History.AlertPosition) -> Cursor {
        Cursor(key: [String(position.at.milliseconds), position.id])
    }

    private static func start(from cursor: Cursor?) throws -> History.AlertPosition? {
        guard let cursor else { return nil }
        guard let at = Int64(cursor.key[0]) else { throw APIProblem.badCursor }
        return History.AlertPosition(at: Instant(milliseconds: at), id: cursor.key[1])
    }
}
