package import ClusterLinks
import GRDB

/// Why a question about the past has no answer.
package enum HistoryError: Error, Hashable, CustomStringConvertible {
    /// Retention has let parts of what was before go.
    case notKept(from: Instant)

    package var description: String {
        switch self {
        case .notKept(let from): "the past is kept from \(from) on: ask for a later instant"
        }
    }

    /// Throws for an instant before which parts are gone, so that what is left is not taken for all there was.
    static func demandKept(_ instant: Instant, _ db: Database) throws {
        if let from = try HistoryRetention.keptFrom(db), instant < from { throw HistoryError.notKept(from: from) }
    }
}

/// From when on the past is whole.
enum HistoryRetention {
    /// Nil where nothing was ever let go.
    static func keptFrom(_ db: Database) throws -> Instant? {
        try Int64.fetchOne(db.cachedStatement(sql: "SELECT kept_from FROM retention"))
            .map(Instant.init(milliseconds:))
    }
}

extension History {
    /// From when on everything is kept; nil where nothing was ever let go.
    package func keptFrom() async throws -> Instant? {
        try await pool.read { db in try HistoryRetention.keptFrom(db) }
    }
}
