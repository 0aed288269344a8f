import GRDB

/// The tables of the database, as steps that are appended and never edited once released.
///
/// Changes and spans are kept, not polls: the file grows with what happens, not with how often one looks. Instants are
/// integer milliseconds since 1970, spans are half-open, and NULL ends a span that goes on.
enum Schema {
    /// "lnkw": tells the file from any other program's (<https://sqlite.org/pragma.html#pragma_application_id>).
    static let applicationID = 0x6C6E_6B77

    /// The step from which on histories are kept as they are now, and the one from which on alerts are.
    static let (currentHistory, keptAlerts) = ("2 spans", "4 alerts")

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 inventory") { db in
            try db.execute(sql: "PRAGMA application_id = \(applicationID)")
            try db.execute(sql: inventory)
        }
        migrator.registerMigration(currentHistory, migrate: turnIntoSpans)
        migrator.registerMigration("3 messages", migrate: turnToDocuments)
        migrator.registerMigration(keptAlerts) { db in try db.execute(sql: alerts) }
        // Where who did something came from; NULL for a signal, and for what was done before.
        migrator.registerMigration("5 peers") { db in try db.execute(sql: "ALTER TABLE audit ADD COLUMN peer TEXT") }
        return migrator
    }
}
