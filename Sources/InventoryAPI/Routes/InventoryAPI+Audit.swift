import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// `/api/v1/audit`: what people did through linkwatch.
extension InventoryAPI {
    var auditRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/audit",
                id: "listAudit",
                summary: "What people did through linkwatch, newest first",
                parameters: [.limit, .cursor],
                // It names people. Whoever may act may see who did; a dashboard need not.
                role: .operate,
                answer: .list(of: .auditEntry),
                handler: .asynchronous { try await audit($0) }
            )
        ]
    }

    private func audit(_ question: Question) async throws -> Response {
        let limit = try question.limit
        let sequence = view.sequence
        let cursor = try Cursor(of: question, parts: 1)
        let start = try cursor.map { cursor in
            guard let key = Int64(cursor.key[0]) else { throw APIProblem.badCursor }
            return key
        }
        let rows = try await history.audit(before: start, limit: limit + 1)
        let shown = rows.prefix(limit)
        let next = rows.count > limit ? shown.last.map { Cursor(key: [String($0.key)]) } : nil
        return JSONAnswer.response(
            JSONList.encoded(shown, nextCursor: next?.text(for: question)) { row, bytes in
                Self.json(row.key, row.entry).write(into: &bytes)
            },
            sequence: sequence
        )
    }

    private static func json(_ key: Int64, _ entry: AuditEntry) -> JSONObject {
        [
            "id": .int(key),
            "at": .string(entry.at.description),
            "actor": .string(entry.actor),
            "peer": .optional(entry.peer),
            "action": .string(entry.action),
            "target": .string(entry.target),
            "detail": (try? JSONValue(parsing: entry.detail)) ?? .string(entry.detail),
        ]
    }
}
