import ExactJSON
import Locking
import Testing

@testable import LinkWatch

/// Grafana's dashboard asks a real Prometheus, which scrapes a service that has something to tell of everything.
@Suite(.timeLimit(.minutes(3)))
struct DashboardQueryTests {
    @Test func `every query of the dashboard has an answer, and every panel something to show`() async throws {
        let dashboard = try Dashboard.shipped()
        let annotations = Set(dashboard.annotations.map(\.panel))
        try await withScrapedFleet { prometheus, scraped in
            // Rates take two scrapes, by which time what goes unknown is unknown.
            try await prometheus.await("count_over_time(up[1m]) > 2", between: scraped)
            for query in dashboard.queries {
                let expression = Self.filled(query.expression)
                if annotations.contains(query.panel) {
                    _ = try await prometheus.query(expression)
                } else {
                    try await prometheus.await(expression, between: scraped)
                }
            }
            // A variable's values are those of a query.
            let clusters = try await prometheus.query("clusterlink_cluster_info")
            #expect(Set(clusters.map { $0["kafka_cluster_name"] }).contains("orders"))
            let names = try await prometheus.api.get("/api/v1/label/link_name/values?match%5B%5D=clusterlink_info").rows
            #expect(names.count >= 4)
        }
    }

    /// As Grafana sends it where everything is picked.
    private static func filled(_ expression: String) -> String {
        expression.replacing("$cluster", with: ".*").replacing("$link", with: ".*")
            .replacing("$__rate_interval", with: "1m").replacing("$__range", with: "6h")
    }

    private func withScrapedFleet(_ body: (Prometheus, Bell) async throws -> Void) async throws {
        try await BusyFleet.with { fleet in
            try await TextOnlyScrape.with(of: fleet.live.api) { textOnly in
                try await withTemporaryFolder { folder in
                    try await Prometheus.with(
                        configuration: """
                            global: { scrape_interval: 300ms, scrape_timeout: 300ms }
                            scrape_configs:
                              - job_name: linkwatch
                                static_configs: [{ targets: ["\(textOnly.target)"] }]

                            """,
                        folder: folder,
                        curl: fleet.live.api.curl
                    ) { try await body($0, textOnly.scraped) }
                }
            }
        }
    }
}
