package import ClusterLinks

/// What the interface tells of the service itself.
package protocol ServiceFacts: Sendable {
    var version: String { get }
    /// The commit it was built from; nil where nobody knew.
    var revision: String? { get }
    var startedAt: Instant { get }
    /// Whether the service has loaded and is not stopping.
    var isReady: Bool { get }
    var configuration: ConfigurationFacts { get }
    var database: DatabaseStatus { get }
    /// Connections open now.
    var connections: Int { get }
    /// How far the wall clock is ahead of service time.
    var clockOffset: Duration { get }
    var requests: [RequestCount] { get }
    var requestDurations: [RequestDurations] { get }
    var process: ProcessFacts { get }
    /// How telling people goes; each integration that is configured is there, also before anybody was told.
    var notifications: [NotificationCounts] { get }
}

/// How the last configuration was taken up.
package struct ConfigurationFacts: Sendable {
    /// Nil where there is no file, as in a demonstration.
    package let path: String?
    /// SHA-256 of the file, in hexadecimal digits.
    package let checksum: String?
    package let loadedAt: Instant
    /// What was wrong with the file when it was last read; empty where it was taken up.
    package let reloadProblems: [String]
    /// Settings of the file that hold from the next start only.
    package let awaitingRestart: [String]

    package var wasLastReloadSuccessful: Bool { reloadProblems.isEmpty }

    package init(
        path: String?,
        checksum: String?,
        loadedAt: Instant,
        reloadProblems: [String] = [],
        awaitingRestart: [String] = []
    ) {
        self.path = path
        self.checksum = checksum
        self.loadedAt = loadedAt
        self.reloadProblems = reloadProblems
        self.awaitingRestart = awaitingRestart
    }
}

/// How the database runs; sizes in bytes.
package struct DatabaseStatus: Sendable {
    package let path: String
    package let size: Int64
    package let logSize: Int64
    /// As the running writer says: 2 is FULL.
    package let synchronous: Int
    package let journalMode: String
    package let sqliteVersion: String

    package init(
        path: String,
        size: Int64,
        logSize: Int64,
        synchronous: Int,
        journalMode: String,
        sqliteVersion: String
    ) {
        self.path = path
        self.size = size
        self.logSize = logSize
        self.synchronous = synchronous
        self.journalMode = journalMode
        self.sqliteVersion = sqliteVersion
    }
}

/// How often one route was asked with one outcome.
package struct RequestCount: Sendable {
    package let route: String
    package let method: String
    package let code: Int
    package var count: Int

    package init(route: String, method: String, code: Int, count: Int) {
        self.route = route
        self.method = method
        self.code = code
        self.count = count
    }
}

/// How long the answers of one route took, in the buckets of a Prometheus histogram.
package struct RequestDurations: Sendable {
    /// Upper bounds in seconds; the last bucket has none.
    package static let bounds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.05, 0.25, 1, 5, 30]

    package let route: String
    /// Not cumulative, one more than there are bounds.
    package private(set) var counts = [Int](repeating: 0, count: bounds.count + 1)
    package var sum: Duration { .nanoseconds(nanoseconds) }
    private var nanoseconds: Int64 = 0
    private static let boundsInNanoseconds = bounds.map { Int64($0 * 1_000_000_000) }

    package init(route: String) { self.route = route }

    package mutating func add(nanoseconds: Int64) {
        counts[Self.boundsInNanoseconds.firstIndex { nanoseconds <= $0 } ?? Self.bounds.count] += 1
        self.nanoseconds += nanoseconds
    }
}

/// What the operating system says of the process.
package struct ProcessFacts: Sendable {
    package let processorSeconds: Double
    package let residentBytes: Int64
    package let openDescriptors: Int
    package let startedAt: Double

    package init(processorSeconds: Double, residentBytes: Int64, openDescriptors: Int, startedAt: Double) {
        self.processorSeconds = processorSeconds
        self.residentBytes = residentBytes
        self.openDescriptors = openDescriptors
        self.startedAt = startedAt
    }
}

/// How the notifications of one integration went since the process began.
package struct NotificationCounts: Sendable, Hashable {
    /// The way in which receivers want to be told: `webhook`, `alertmanager`.
    package let integration: String
    /// What receivers took.
    package let delivered: Int
    /// Attempts, by a bounded word for why they failed.
    package let failures: [String: Int]
    /// What will not be delivered, by the same words.
    package let dropped: [String: Int]

    package init(integration: String, delivered: Int, failures: [String: Int] = [:], dropped: [String: Int] = [:]) {
        self.integration = integration
        self.delivered = delivered
        self.failures = failures
        self.dropped = dropped
    }
}
