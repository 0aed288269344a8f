import ClusterLinks
import Foundation
import GRDB
import Inventory

/// A long past written straight into a database's tables: links that took turns in changing, a version each second.
struct BulkHistory {
    static let cluster = ClusterID("lkc-bulk")

    let versions: Int
    let links: Int
    /// Bytes that each document is filled up with.
    var padding = 200

    let start = Instant(milliseconds: 1_700_000_000_000)
    var end: Instant { instant(of: versions) }

    /// When a version began; the first of a link has a number below the count of links.
    func instant(of version: Int) -> Instant { start.advanced(by: .seconds(version)) }

    /// Makes the file.
    func write(to path: String) throws {
        try InventoryDatabase(path: path).close()
        let queue = try DatabaseQueue(path: path)
        try queue.inDatabase { db in
            try db.execute(sql: "PRAGMA synchronous = OFF; PRAGMA foreign_keys = OFF")
            try db.inTransaction {
                try fill(db)
                return .commit
            }
            _ = try db.checkpoint(.truncate)
        }
        try queue.close()
        // Else the first checkpoint waits for all of it.
        let file = try FileHandle(forUpdating: URL(filePath: path))
        try file.synchronize()
        try file.close()
    }

    private func fill(_ db: Database) throws {
        let (zero, last) = (start.milliseconds, end.milliseconds)
        try db.execute(
            sql: """
                INSERT INTO clusters (cluster_key, cluster_id, configured) VALUES (1, '\(Self.cluster)', 1);
                INSERT INTO configuration_spans (cluster_key, valid_from) VALUES (1, \(zero));
                INSERT INTO poll_runs VALUES (1, \(zero), \(last), \(versions), 1000, NULL, 200, NULL, 180000, 0);
                INSERT INTO snapshots VALUES (1, \(zero), NULL, NULL, \(links), 0);
                INSERT INTO field_lists (field_list_key, fields) VALUES (1, '[]'), (2, '["number"]');
                CREATE TEMP TABLE numbers (n INTEGER PRIMARY KEY, link INTEGER);
                WITH RECURSIVE counted (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM counted WHERE n + 1 < \(versions))
                    INSERT INTO numbers SELECT n, n % \(links) + 1 FROM counted;
                INSERT INTO links (link_key, cluster_key, cluster_link_id, link_name, first_observed_at)
                    SELECT link, 1, 'id-' || link, 'link-' || link, \(zero) + n * 1000 FROM numbers WHERE n < \(links);
                INSERT INTO documents (document_key, digest, health, body)
                    SELECT n + 1, (n * 2654435761) % 4294967296, 0, '{"cluster_link_id":"id-' || link || '","link_name":"link-'
                        || link || '","number":' || n || ',"padding":"' || \(pad) || '"}' FROM numbers;
                INSERT INTO versions (link_key, valid_from, document_key, field_list_key)
                    SELECT link, \(zero) + n * 1000, n + 1, iif(n < \(links), 1, 2) FROM numbers ORDER BY 1, 2;
                INSERT INTO changes
                    SELECT n + 1, \(zero) + n * 1000, n < \(links), 1, link, iif(n < \(links), NULL, n + 1 - \(links)), n + 1, 0
                    FROM numbers;
                INSERT INTO change_hours SELECT at / 3600000, min(sequence), max(sequence) FROM changes GROUP BY 1;
                DROP TABLE numbers;
                """
        )
    }

    private var pad: String { "'\(String(repeating: "x", count: padding))'" }
}
