import ClusterLinks
import GRDB

/// A row that tells what an observation brought.
struct StoredNews {
    enum Kind: Int {
        /// The first reading of the tasks came into the open version's document, or an id that was adopted.
        case completion
        /// A link came, went or became another.
        case change
    }

    let at: Int64
    let kind: Kind
    let sequence: Int64
    let cluster: Int64
    let link: Int64
    /// What the link shows from then on; nil for one that is gone.
    let document: Int64?

    /// What completes a version comes before the change that ends it.
    func precedes(_ other: StoredNews) -> Bool {
        (at, kind.rawValue, sequence) < (other.at, other.kind.rawValue, other.sequence)
    }
}

/// The news of all clusters in order of time, of which no more are in memory than a minute of the feed brings.
struct StoredNewsStream {
    /// Changes are numbered as they are recorded, and two clusters may answer in one order and be recorded in the other.
    private static let disorder: Int64 = 60_000
    /// So that what is read is not put in order row by row.
    private static let leastRows = 256

    /// All that happened up to this instant has been given.
    private(set) var readThrough = Int64.min
    private var changes: RowStream<StoredNews>
    private var completions: RowStream<StoredNews>
    private var waiting: [StoredNews] = []

    /// - Parameter span: what is before it may be given, too.
    init(_ db: Database, in span: Span) throws {
        changes = try .changes(db, after: try ChangeHours.lastSequence(db, before: span.from))
        completions = try .completions(db, in: span)
    }

    var isAtEnd: Bool { readThrough == .max }

    /// Gives what happened up to an instant, and some of what happened after it.
    mutating func read(through instant: Int64, _ give: (StoredNews) throws -> Void) throws {
        let last = instant.addingReportingOverflow(Self.disorder)
        let reach = last.overflow ? Int64.max : last.partialValue
        var rows = 0
        while let change = changes.head, rows < Self.leastRows || change.at <= reach {
            waiting.append(change)
            try changes.advance()
            rows += 1
        }
        let horizon = changes.head.map { max(readThrough, $0.at - Self.disorder - 1) } ?? .max
        while let completion = completions.head, completion.at <= horizon {
            waiting.append(completion)
            try completions.advance()
        }
        waiting.sort { $0.precedes($1) }
        let ready = waiting.prefix { $0.at <= horizon }
        for news in ready { try give(news) }
        waiting.removeFirst(ready.count)
        readThrough = horizon
    }
}

extension RowStream<StoredNews> {
    fileprivate static func changes(_ db: Database, after sequence: Int64) throws -> Self {
        try RowStream(
            db,
            """
            SELECT at, sequence, cluster_key, link_key, after_key FROM changes
            WHERE sequence > \(sequence) AND link_key IS NOT NULL ORDER BY sequence
            """
        ) { row in
            StoredNews(
                at: try row.number(0),
                kind: .change,
                sequence: try row.number(1),
                cluster: try row.number(2),
                link: try row.number(3),
                document: try row.numberOrNull(4)
            )
        }
    }

    fileprivate static func completions(_ db: Database, in span: Span) throws -> Self {
        try RowStream(
            db,
            """
            SELECT completed_at, cluster_key, link_key, document_key FROM versions CROSS JOIN links USING (link_key)
            WHERE completed_at >= \(span.from.milliseconds) AND completed_at < \(span.to.milliseconds)
                AND document_key IS NOT NULL
            ORDER BY completed_at
            """
        ) { row in
            StoredNews(
                at: try row.number(0),
                kind: .completion,
                sequence: 0,
                cluster: try row.number(1),
                link: try row.number(2),
                document: try row.numberOrNull(3)
            )
        }
    }
}
