import ClusterLinks
import GRDB

/// The stored runs of one cluster's polls in order of time, read a page at a time.
///
/// A cursor for each of a thousand clusters would keep a statement each; a page is found again by its key.
struct PollRunPages {
    private static let length = 64

    private let statement: Statement
    private let cluster: Int64
    /// In reverse order.
    private var page: [PollRunRow] = []
    private var last: Int64
    private var isAtEnd = false

    /// From the run that lasts at an instant on, or the first after it.
    init(_ db: Database, of cluster: Int64, from instant: Instant) throws {
        statement = try db.cachedStatement(
            sql: "SELECT * FROM poll_runs WHERE cluster_key = ? AND first_at > ? ORDER BY first_at LIMIT \(Self.length)"
        )
        self.cluster = cluster
        last =
            try Int64.fetchOne(
                db.cachedStatement(
                    sql: """
                        SELECT iif(last_at >= ?2, first_at - 1, first_at) FROM poll_runs
                        WHERE cluster_key = ?1 AND first_at <= ?2 ORDER BY first_at DESC LIMIT 1
                        """
                ),
                arguments: [cluster, instant.milliseconds]
            ) ?? .min
        try fill()
    }

    /// The next run; nil after the last.
    var head: PollRunRow? { page.last }

    mutating func advance() throws {
        page.removeLast()
        if page.isEmpty { try fill() }
    }

    private mutating func fill() throws {
        guard !isAtEnd else { return }
        page = try Row.fetchAll(statement, arguments: [cluster, last]).map(PollRunRow.init).reversed()
        isAtEnd = page.count < Self.length
        last = page.first?.run.firstAt.milliseconds ?? last
    }
}
