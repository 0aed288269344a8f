import ConfluentSimulator
import CurlHTTP
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// A real Prometheus scrapes the service in both formats, and is asked for the series; and one of which every metric has something to
/// tell, and is asked what the dashboard asks.
///
/// One test and one process for all of it: Prometheus takes five seconds from its start to its first scrape.
@Suite(.timeLimit(.minutes(3)))
struct PrometheusScrapeTests {
    /// One job for each format.
    private static let openMetrics = "linkwatch"
    private static let text = "linkwatch-text"
    private static let jobs = [openMetrics, text]
    private static let busy = "busy"

    @Test func `series come and go as they should in both formats, and every query of the dashboard has an answer`()
        async throws
    {
        try await withScrapes { scene in
            try await expectSeriesToComeAndGo(scene)
            try await expectCountersAndHistograms(scene)
            try await expectNoScrapeToHaveFailed(scene)
            try await expectTheDashboardToShowSomething(scene)
        }
    }

    private func expectSeriesToComeAndGo(_ scene: Scene) async throws {
        let (prometheus, simulator) = (scene.prometheus, scene.simulator)
        let broken = simulator.address(link: 0)
        let deleted = simulator.address(link: 1)

        // Appearing.
        try await scene.await("clusterlink_up == 1", count: 3)
        try await scene.await("clusterlink_cluster_info{env=\"prod\"}", count: 1)
        try await scene.await("clusterlink_error", count: 0)

        // In error.
        try simulator.apply(.setError(broken, code: "AUTHENTICATION_ERROR", message: nil))
        let link = "link_name=\"\(broken.linkName)\""
        try await scene.await("clusterlink_error{\(link),code=\"AUTHENTICATION_ERROR\"} == 1", count: 1)
        try await scene.await("clusterlink_up{\(link)} == 0", count: 1)
        let firing = "clusterlink_alert_firing{kind=\"link_error\",severity=\"critical\",\(link)}"
        try await scene.await(firing + " == 1", count: 1)
        // The shipped rules see it, too.
        let alerts = "ALERTS{alertname=\"LinkwatchLinkError\",alertstate=\"firing\"}"
        try await scene.await(alerts, count: 1)
        try await scene.await(alerts.dropLast() + ",kafka_cluster_name=\"orders\"}", count: 1)

        // Unknown: what is known goes, what fires is held.
        try simulator.inject(.status(503), on: broken.clusterID)
        try await scene.await("clusterlink_cluster_up == 0", count: 1)
        try await scene.await("clusterlink_info or clusterlink_up or clusterlink_error", count: 0)
        try await scene.await(firing, count: 1)
        try await scene.await("clusterlink_alert_firing{kind=\"cluster_unreachable\"}", count: 1)
        try await scene.await("clusterlink_cluster_poll_failures_total{reason=\"server\"} > 0", count: 1)
        try await scene.await("clusterlink_cluster_links == 3", count: 1)
        try simulator.clearFaults(on: broken.clusterID)
        try await scene.await("clusterlink_up", count: 3)
        try await scene.await(firing, count: 1)

        // Deleted: stale with the first scrape that lacks it, though it was there within the last five minutes.
        try simulator.apply(.delete(deleted))
        _ = try await scene.live.api.awaitAnswer(to: "/api/v1/links") { $0.rows.count == 2 }
        let gone = Date().timeIntervalSince1970
        try await scene.await("timestamp(up) > \(gone)", count: 1)
        let series = "clusterlink_info{job=~\"linkwatch.*\",link_name=\"\(deleted.linkName)\"}"
        #expect(try await prometheus.query(series).isEmpty)
        #expect(try await prometheus.query("last_over_time(\(series)[5m])").count == 2)
    }

    private func expectCountersAndHistograms(_ scene: Scene) async throws {
        try await scene.await("rate(clusterlink_cluster_polls_total[5s]) > 0", count: 1)
        try await scene.await("linkwatch_http_requests_total{route=\"/metrics\",code=\"200\"} > 1", count: 1)
        for histogram in ["linkwatch_poll_duration_seconds", "linkwatch_http_request_duration_seconds"] {
            let quantile = "histogram_quantile(0.9, sum by (job, le) (rate(\(histogram)_bucket[10s])))"
            try await scene.await("\(quantile) > 0 < Inf", count: 1)
            let whole = "sum by (job) (\(histogram)_bucket{le=\"+Inf\"}) == sum by (job) (\(histogram)_count)"
            try await scene.await(whole, count: 1)
        }
        // What Prometheus took for the kind of a metric, by which the formats differ in the name of a counter.
        for (job, polls) in [
            (Self.openMetrics, "clusterlink_cluster_polls"), (Self.text, "clusterlink_cluster_polls_total"),
        ] {
            let path = "/api/v1/targets/metadata?match_target=%7Bjob%3D%22\(job)%22%7D"
            let kinds = try await scene.prometheus.api.get(path).rows.map {
                ($0["metric"].string ?? "", $0["type"].string ?? "")
            }
            let byName = Dictionary(kinds) { $1 }
            #expect(byName[polls] == "counter", "\(job)")
            #expect(byName["linkwatch_poll_duration_seconds"] == "histogram", "\(job)")
            #expect(byName["clusterlink_up"] == "gauge", "\(job)")
            #expect(!byName.values.contains("unknown"), "\(job)")
        }
        #expect(scene.textOnly.accepted.allSatisfy { $0.contains("application/openmetrics-text") })
    }

    private func expectNoScrapeToHaveFailed(_ scene: Scene) async throws {
        try await scene.await("avg_over_time(up[10m]) > 0.5", count: 1)
        let targets = try await scene.prometheus.api.get("/api/v1/targets")["data"]["activeTargets"].array ?? []
        let errors = targets.compactMap { $0["lastError"].string }
        // On a machine that does something else meanwhile, 300 ms may not be enough for a scrape.
        #expect(errors.count == 3 && errors.allSatisfy { $0.isEmpty || $0.contains("deadline exceeded") }, "\(errors)")
        // Nothing is lost on the way: as many samples as there are lines, in either format.
        try await scene.await("scrape_samples_scraped == scrape_samples_post_metric_relabeling", count: 1)
        let samples = ScrapedMetrics(try await scene.live.api.send("GET", "/metrics").text).samples
        try await scene.await("scrape_samples_scraped == \(samples.count)", count: 1)
    }

    /// Every panel has something to show, and what the documents give as examples is answered.
    private func expectTheDashboardToShowSomething(_ scene: Scene) async throws {
        let dashboard = try Dashboard.shipped()
        let annotations = Set(dashboard.annotations.map(\.panel))
        for query in dashboard.queries {
            let expression = Self.filled(query.expression)
            if annotations.contains(query.panel) {
                _ = try await scene.prometheus.query(expression)
            } else {
                try await scene.prometheus.await(expression, between: scene.textOnly.scraped)
            }
        }
        let block = try #require(try Repository.text("docs/metrics.md").firstMatch(of: /```promql\n([^`]+)```/))
        for question in block.output.1.split(separator: "\n") {
            _ = try await scene.prometheus.query(String(question.prefix { $0 != "#" }))
        }
    }

    /// As Grafana sends it where everything is picked.
    private static func filled(_ expression: String) -> String {
        expression.replacing("$cluster", with: ".*").replacing("$link", with: ".*")
            .replacing("$__rate_interval", with: "1m").replacing("$__range", with: "6h")
    }

    /// What a test asks: a fleet, the service on it, and the Prometheus that scrapes it twice.
    private struct Scene {
        let simulator: SimulatorControl
        let live: LiveService
        let prometheus: Prometheus
        let textOnly: TextOnlyScrape

        /// Waits until there are so many series for each format.
        func await(
            _ expression: String,
            count: Int,
            sourceLocation: SourceLocation = #_sourceLocation
        ) async throws {
            try await prometheus.await(
                expression,
                between: textOnly.scraped,
                where: { samples in
                    PrometheusScrapeTests.jobs.allSatisfy { job in samples.count { $0["job"] == job } == count }
                },
                sourceLocation: sourceLocation
            )
        }
    }

    private func withScrapes(_ body: (Scene) async throws -> Void) async throws {
        try await BusyFleet.with { busy in
            try await withFleetAndService(links: 3) { configuration in
                configuration.clusters[0].name = "orders"
                configuration.clusters[0].labels = ["env": "prod"]
                configuration.pollEach {
                    $0.interval = .milliseconds(200)
                    $0.staleAfter = .seconds(1)
                    $0.backoffMax = .milliseconds(200)
                    $0.tasks = false
                }
            } _: { simulator, live in
                try await TextOnlyScrape.with(of: live.api) { textOnly in
                    try await withTemporaryFolder { folder in
                        try await Prometheus.with(
                            configuration: """
                                global: { scrape_interval: 300ms, scrape_timeout: 300ms, evaluation_interval: 300ms }
                                rule_files: ["\(Repository.path("deploy/prometheus/rules"))/*.yml"]
                                scrape_configs:
                                  - job_name: \(Self.openMetrics)
                                    static_configs: [{ targets: ["\(live.api.base.authority)"] }]
                                  - job_name: \(Self.text)
                                    static_configs: [{ targets: ["\(textOnly.target)"] }]
                                  - job_name: \(Self.busy)
                                    static_configs: [{ targets: ["\(busy.live.api.base.authority)"] }]

                                """,
                            folder: folder,
                            curl: live.api.curl
                        ) { prometheus in
                            try await body(
                                Scene(simulator: simulator, live: live, prometheus: prometheus, textOnly: textOnly)
                            )
                        }
                    }
                }
            }
        }
    }
}
