import ClusterLinks
import Foundation
import GRDB
import Inventory
import Testing

/// docs/sql.md against the views, and the views against each other.
struct ViewDocumentTests {
    private static let views = InventoryViews(at: Instant(milliseconds: 0), stale: []).all

    private func text() throws -> String {
        let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = tests.deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/sql.md")
        return try String(contentsOf: file, encoding: .utf8)
    }

    /// Columns with their types by view, in their order.
    private func documented() throws -> [String: [String]] {
        let text = try text()
        let part = try #require(text.components(separatedBy: "\n## ").first { $0.hasPrefix("Views\n") })
        var views: [String: [String]] = [:]
        for section in part.components(separatedBy: "\n### ").dropFirst() {
            let name = String(section.prefix { $0 != "\n" })
            views[name] = section.matches(of: /\n\| `([a-z_]+)` \| ([a-z]+) \|/).map { "\($0.output.1) \($0.output.2)" }
        }
        return views
    }

    @Test func `every view and column is documented with its type, and nothing else is`() throws {
        let views = Self.views.map { view in (view.name, view.columns.map { "\($0.name) \($0.kind.rawValue)" }) }
        #expect(try documented() == Dictionary(uniqueKeysWithValues: views))
    }

    @Test func `a name of a column means one type everywhere`() {
        for (name, kinds) in Dictionary(grouping: Self.views.flatMap(\.columns), by: \.name) {
            #expect(Set(kinds.map(\.kind)).count == 1, "\(name)")
        }
    }

    @Test func `every example of the document is a statement over the views`() async throws {
        let examples = try #require(try text().firstMatch(of: /```sql\n((?s).*?)```/)).output.1
            .split(separator: ";").map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
        #expect(examples.count == 8)
        try await InventoryFixture.with { fixture in
            try await fixture.life { _ in }
            let queue = try DatabaseQueue(path: fixture.path)
            try await queue.writeWithoutTransaction { db in
                for view in Self.views where !view.select.contains("path_segment") {
                    try db.execute(sql: "CREATE TEMP VIEW \(view.name) AS \(view.select)")
                }
                db.add(function: DatabaseFunction("path_segment", argumentCount: 1, pure: true) { $0.first })
                for view in Self.views where view.select.contains("path_segment") {
                    try db.execute(sql: "CREATE TEMP VIEW \(view.name) AS \(view.select)")
                }
                for example in examples { _ = try db.makeStatement(sql: String(example)) }
            }
        }
    }
}
