/// The benchmarks, by the names that `ONLY` takes; they run in this order.
enum BenchmarkName: String, CaseIterable {
    case links
    case metrics
    case scrape
    case notModified = "not-modified"
    case idle
    case dribble
    case hummingbird
    case growth
    case questions
    case writing
    case start

    var usesWrk: Bool {
        switch self {
        case .links, .metrics, .notModified, .idle, .hummingbird: true
        case .dribble, .growth, .questions, .scrape, .start, .writing: false
        }
    }

    /// Sockets on the side that has most of them, and some for everything else; servers inherit the driver's limit.
    var filesNeeded: Int {
        switch self {
        case .growth, .questions, .scrape, .start, .writing: 500
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
        case .scrape: try ScrapeBenchmark(settings: settings).run()
        case .notModified: try Comparison.notModified.run(settings)
        case .idle: try IdleBenchmark(settings: settings).run()
        case .dribble: try DribbleBenchmark(settings: settings).run()
        case .hummingbird: try Comparison.hummingbird.run(settings)
        case .growth: try GrowthBenchmark(settings: settings).run()
        case .questions: try QuestionsBenchmark(settings: settings).run()
        case .writing: try WritingBenchmark(settings: settings).run()
        case .start: try StartBenchmark(settings: settings).run()
        }
    }
}
