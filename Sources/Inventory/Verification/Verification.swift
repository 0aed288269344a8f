import ClusterLinks
import ExactJSON
import GRDB

/// Reads an inventory's database through and asks every check.
///
/// Tables are read side by side in the order of their keys, so that a row is met once and little is held in memory: a few
/// bytes for each document. Only the changes are sorted, by SQLite, which takes a file of its own where they are many.
struct Verification {
    let db: Database
    let tell: (VerificationProgress) -> Void
    var findings = FindingLedger()
    var report = VerificationReport()
    var kept = KeptTime(from: nil)

    /// What there is to say of the file that a connection reads, within a transaction that the caller opens.
    /// - Throws: SQLite's errors where not even the schema can be read.
    static func report(
        on db: Database,
        _ tell: @escaping (VerificationProgress) -> Void = { _ in }
    ) throws -> VerificationReport {
        var verification = Verification(db: db, tell: tell)
        return try verification.run()
    }

    private mutating func run() throws -> VerificationReport {
        // Room for the sorting and for the pages that several tables share.
        try db.execute(sql: "PRAGMA cache_size = -65536")
        try readSchema()
        tell(.structure)
        verifyStructure()
        if findings.counts.isEmpty, report.pendingMigrations.isEmpty {
            verifyReferences()
            report.areRowsVerified = true
            reading {
                try $0.readRetention()
                let contents = try $0.verifyDocuments()
                let fleetChanges = try $0.verifyFeed()
                try $0.verifyLinks(contents)
                try $0.verifyClusters(fleetChanges)
                try $0.verifyAlerts()
            }
        }
        report.findings = findings.findings
        report.findingCounts = findings.counts
        return report
    }

    private mutating func readSchema() throws {
        report.schema = try String.fetchAll(db, sql: "SELECT identifier FROM grdb_migrations ORDER BY rowid")
        let known = Schema.migrator.migrations
        report.pendingMigrations = known.filter { !report.schema.contains($0) }
        let unknown = report.schema.filter { !known.contains($0) }
        if !unknown.isEmpty {
            findings.add(
                .newerSchema,
                "the file was written by a newer linkwatch (\(unknown.map { "\"\($0)\"" }.joined(separator: ", "))): "
                    + "verify it with that version"
            )
        }
    }

    private mutating func verifyStructure() {
        reading {
            for line in try String.fetchAll($0.db, sql: "PRAGMA integrity_check") where line != "ok" {
                $0.findings.add(.integrity, "SQLite's integrity check: \(line)")
            }
        }
    }

    private mutating func verifyReferences() {
        reading {
            let rows = try Row.fetchCursor($0.db, sql: "PRAGMA foreign_key_check")
            while let row = try rows.next() {
                let (table, parent) = (
                    try row.decode(String?.self, atIndex: 0), try row.decode(String?.self, atIndex: 2)
                )
                let place = try row.numberOrNull(1).map { " (rowid \($0))" } ?? ""
                $0.findings.add(
                    .reference,
                    "a row of \(table ?? "a table")\(place) refers to one of \(parent ?? "a table") that is not there"
                )
            }
        }
    }

    private mutating func readRetention() throws {
        kept = KeptTime(from: try Int64.fetchOne(db, sql: "SELECT max(kept_from) FROM retention"))
        report.keptFrom = kept.from.map(Instant.init(milliseconds:))
    }

    /// Makes a finding of what cannot be read.
    private mutating func reading(_ body: (inout Verification) throws -> Void) {
        do {
            try body(&self)
        } catch {
            findings.add(.integrity, "the file cannot be read to its end: \(error)")
        }
    }
}
