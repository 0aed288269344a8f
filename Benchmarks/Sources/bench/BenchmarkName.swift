/// The benchmarks, by the names that `ONLY` takes; they run in this order.
enum BenchmarkName: String, CaseIterable {
    case links
    case metrics
    case notModified = "not-modified"
    case idle
    case dribble
    case hummingbird

    /// Sockets on the side that has most of them, and some for everything else; servers inherit the driver's limit.
    var filesNeeded: Int {
        switch self {
        case .links, .metrics, .notModified, .hummingbird: Wrk.connections + 500
        case .idle: IdleBenchmark.crowd + 500
        case .dribble: DribbleBenchmark.dribblers + 500
        }
    }

    /// Runs it, and returns its table.
    func run(_ settings: Settings) throws -> String {
        switch self {
        case .links: try Comparison.links.run(settings)
        case .metrics: try Comparison.metrics.run(settings)
        case .notModified: try Comparison.notModified.run(settings)
        case .idle: try IdleBenchmark(settings: settings).run()
        case .dribble: try DribbleBenchmark(settings: settings).run()
        case .hummingbird: try Comparison.hummingbird.run(settings)
        }
    }
}
