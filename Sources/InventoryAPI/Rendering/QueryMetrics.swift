import Exposition
import Querying

/// How statements in SQL go.
enum QueryMetrics {
    /// - Parameter queries: nil where none are answered.
    static func families(of queries: (any QueryControl)?) -> [MetricFamily] {
        guard let queries else { return [] }
        let tally = queries.tally
        var outcomes = MetricFamily(
            "linkwatch_queries",
            .counter,
            help: "Statements in SQL since the service started, by how they ended."
        )
        for (outcome, count) in tally.counts.sorted(by: { $0.key < $1.key }) {
            outcomes.add(Double(count), [Label("outcome", outcome)])
        }
        var durations = MetricFamily(
            "linkwatch_query_duration_seconds",
            .histogram,
            help: "How long statements in SQL took, from the request to the end of their process."
        )
        durations.add(counts: tally.durations, bounds: QueryTally.bounds, sum: tally.sumInSeconds)
        var running = MetricFamily("linkwatch_queries_running", .gauge, help: "Statements in SQL that run now.")
        running.add(Double(queries.running))
        return [outcomes, durations, running]
    }
}
