package import ExactJSON

/// The pages of a list as one, as the interface would tell it if pages had no limit.
package struct ServiceList: Sendable {
    package let rows: [JSONValue]
    /// The first page with all rows, and the cursor of what was left out.
    package let document: JSONObject

    package init(rows: [JSONValue], document: JSONObject = JSONObject()) {
        self.rows = rows
        self.document = document
    }

    /// Whether there are more rows than were asked for.
    package var isCut: Bool { document["next_cursor"]?.string != nil }
}

extension Respondent {
    /// Asks page after page.
    ///
    /// - Parameters:
    ///   - limit: how many rows at most; nil for all.
    ///   - pageSize: how many at a time, less where a row is large.
    ///   - tell: is told how many rows there are so far, before each page but the first.
    package func list(
        _ request: ServiceRequest,
        limit: Int? = nil,
        pageSize: Int = 1000,
        _ tell: (Int) -> Void = { _ in }
    ) async throws(ServiceError) -> ServiceList {
        var rows: [JSONValue] = []
        var document = JSONObject()
        var cursor: String?
        repeat {
            var page = request
            page.query.append(("limit", String(min(pageSize, limit.map { $0 - rows.count } ?? pageSize))))
            if let cursor {
                page.query.append(("cursor", cursor))
                tell(rows.count)
            }
            guard let answer = try await ask(page).object, let data = answer["data"]?.array else {
                throw .unintelligible(status: 200, reason: "a list without data")
            }
            if cursor == nil { document = answer }
            rows += data
            cursor = answer["next_cursor"]?.string
        } while cursor != nil && limit.map { rows.count < $0 } ?? true
        document["data"] = .array(rows)
        document["next_cursor"] = .optional(cursor)
        return ServiceList(rows: rows, document: document)
    }
}
