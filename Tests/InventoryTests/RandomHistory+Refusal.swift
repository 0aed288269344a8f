import GRDB
import NaiveInventory

extension RandomHistory {
    /// Makes every commit fail, or lets them pass again.
    func refuseWrites(_ refuses: Bool) throws {
        try DatabaseQueue(path: path).write { db in
            for table in ["changes", "poll_runs", "clusters"] {
                for event in ["INSERT", "UPDATE"] {
                    try db.execute(
                        sql: refuses
                            ? "CREATE TRIGGER refuse_\(table)_\(event) BEFORE \(event) ON \(table) BEGIN SELECT RAISE(ABORT, 'refused'); END"
                            : "DROP TRIGGER refuse_\(table)_\(event)"
                    )
                }
            }
        }
    }
}
