import GRDB

@testable import Inventory

/// What holds in every inventory's file, whatever happened.
struct StoredInvariants {
    let stored: DatabaseQueue

    init(_ stored: DatabaseQueue) { self.stored = stored }

    var violations: [String] {
        get throws {
            try stored.read { db in
                let report = try Verification.report(on: db)
                return report.findings.map(\.message) + (report.areRowsVerified ? [] : ["the rows were not looked at"])
            }
        }
    }
}
