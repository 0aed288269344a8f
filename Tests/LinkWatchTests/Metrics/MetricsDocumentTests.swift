import Foundation
import Testing

@testable import LinkWatch

/// What is written of metrics, and asked of them, against those of a service that has something to tell of each.
@Suite(.timeLimit(.minutes(2)))
struct MetricsDocumentTests {
    /// Labels that Prometheus and Kubernetes add to every series.
    private static let ofTargets: Set = ["job", "instance", "pod", "container", "endpoint", "node"]
    /// What the cluster of the fixture is configured with.
    private static let configured: Set = ["env"]

    @Test func `documents, rules, their tests and the dashboard name the metrics that there are, with their labels`()
        async throws
    {
        let documented = try DocumentedMetric.all()
        try await BusyFleet.with { fleet in
            let metrics = try await fleet.metrics { metrics in
                let told = Set(metrics.samples.map { metrics.family(of: $0.name) })
                return documented.allSatisfy { told.contains($0.name) }
            }
            expectDocumented(documented, metrics)
            let told = Set(metrics.samples.map(\.name))
            let labels = Dictionary(grouping: metrics.samples, by: \.name).mapValues { Set($0.map(\.labels)) }

            for (source, text) in try Self.expressions() {
                let asked = QueriedMetrics(text)
                #expect(!asked.names.isEmpty)
                #expect(asked.names.subtracting(told).isEmpty, "\(source)")
                let all = labels.values.reduce(into: Self.ofTargets) { $0.formUnion($1.joined()) }
                #expect(asked.grouping.subtracting(all).isEmpty, "\(source)")
                for selector in asked.selectors {
                    let known = Set((labels[selector.name] ?? []).joined()).union(Self.ofTargets)
                    #expect(selector.labels.isSubset(of: known), "\(source): \(selector)")
                }
            }
            for file in try Self.testFiles() {
                for series in QueriedMetrics(try Repository.text(file)).selectors {
                    // As a whole, since a test on series that nobody tells shows nothing.
                    let known = labels[series.name]?.map { $0.subtracting(Self.configured) } ?? []
                    let label = series.labels.subtracting(Self.configured).subtracting(["job", "instance"])
                    #expect(known.contains(label), "\(file): \(series)")
                }
            }
        }
    }

    private func expectDocumented(_ documented: [DocumentedMetric], _ metrics: ScrapedMetrics) {
        let types = Dictionary(documented.map { ($0.name, $0.type) }) { $1 }
        #expect(types.count == documented.count, "a metric stands there once")
        #expect(types == metrics.types)
        for metric in documented {
            let series = metrics.samples.filter { metrics.family(of: $0.name) == metric.name }
            let labels = Set(series.flatMap(\.labelNames)).subtracting(Self.configured).subtracting(["le"])
            #expect(labels == metric.labels, "\(metric.name)")
        }
    }

    private static func testFiles() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: Repository.path("deploy/prometheus/tests"))
            .map { "deploy/prometheus/tests/" + $0 }
    }

    /// Whatever is asked of a Prometheus, by where it stands.
    private static func expressions() throws -> [(String, String)] {
        let rules = try Repository.text("deploy/prometheus/rules/linkwatch.yml").split(separator: "\n")
            .filter { !$0.drop { $0 == " " }.hasPrefix("#") }.joined(separator: "\n")
        let dashboard = try Dashboard.shipped()
        return [("the rules", rules)]
            + dashboard.queries.map { ("the dashboard's \($0.panel)", $0.expression) }
            + dashboard.variableQueries.map { ("a variable of the dashboard", $0) }
    }
}
