import Foundation
import GRDB

/// What a closed inventory's file takes, after its log was written into it and free pages were given back.
struct FileFacts {
    private let bytes: Int
    /// By table and index; empty where SQLite was built without `dbstat` (<https://sqlite.org/dbstat.html>).
    private let parts: [(name: String, bytes: Int, payload: Int)]
    private let documents: (count: Int, bytes: Int)

    init(path: String) throws {
        let file = try DatabaseQueue(path: path)
        (bytes, parts, documents) = try file.writeWithoutTransaction { db in
            _ = try db.checkpoint(.truncate)
            try db.execute(sql: "PRAGMA incremental_vacuum")
            _ = try db.checkpoint(.truncate)
            let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
            let size = try Int.fetchOne(db, sql: "PRAGMA page_size") ?? 0
            let hasStatistics = try Bool.fetchOne(
                db,
                sql: "SELECT EXISTS (SELECT 1 FROM pragma_module_list WHERE name = 'dbstat')"
            )
            let parts =
                hasStatistics != true
                ? []
                : try Row.fetchAll(
                    db,
                    sql: "SELECT name, sum(pgsize), sum(payload) FROM dbstat GROUP BY name ORDER BY 2 DESC"
                ).map { (name: $0[0] as String, bytes: $0[1] as Int, payload: $0[2] as Int) }
            let documents = try Row.fetchOne(
                db,
                sql: "SELECT count(*), total(length(CAST(body AS BLOB))) FROM documents"
            )
            return (pages * size, parts, (documents?[0] ?? 0, documents?[1] ?? 0))
        }
        try file.close()
    }

    func tell(_ moment: String) {
        FigureLine.tell("\(moment).bytes", bytes)
        for part in parts {
            FigureLine.tell("\(moment).part.\(part.name)", part.bytes)
            FigureLine.tell("\(moment).payload.\(part.name)", part.payload)
        }
        FigureLine.tell("\(moment).documents", documents.count)
        FigureLine.tell("\(moment).document.bytes", documents.bytes)
    }
}
