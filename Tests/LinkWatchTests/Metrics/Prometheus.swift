import CurlHTTP
import ExactJSON
import Foundation
import Locking
import Testing

/// Debian's Prometheus on a port of its own.
struct Prometheus: Sendable {
    /// One series of an instant query's answer.
    struct Sample: Hashable {
        let labels: [String: String]
        let value: Double

        subscript(_ label: String) -> String { labels[label] ?? "" }
    }

    /// What a query was answered that is no list of series.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    let api: APIClient

    /// Lends one that runs with a configuration.
    static func with<Result>(
        configuration: String,
        folder: String,
        curl: CurlClient,
        _ body: (Prometheus) async throws -> Result
    ) async throws -> Result {
        let file = folder + "prometheus.yml"
        try configuration.write(toFile: file, atomically: true, encoding: .utf8)
        let process = try LinkWatchProcess(
            command: [
                "/usr/bin/prometheus", "--config.file=\(file)", "--storage.tsdb.path=\(folder)prometheus",
                "--web.listen-address=127.0.0.1:0", "--log.level=info",
                // Else it begins to scrape after five seconds; a flag for tests, and hidden.
                "--scrape.discovery-reload-interval=100ms",
            ],
            environment: [:]
        )
        return try await LinkWatchTests.with(process) { _ in
            let address = await process.text(after: "msg=\"Listening on\" address=", on: .error)
            let base = "http://" + (try #require(address, "apt-get install prometheus; \(process.errors)"))
            // It listens before it answers anything.
            _ = await process.text(after: "Server is ready to receive web requests", on: .error)
            return try await body(Prometheus(api: APIClient(curl: curl, base: base)))
        }
    }

    /// What an expression is now; a number without labels where it is a scalar.
    func query(_ expression: String) async throws -> [Sample] {
        var allowed = CharacterSet.alphanumerics
        allowed.insert(charactersIn: "-._~")
        let text = expression.addingPercentEncoding(withAllowedCharacters: allowed) ?? ""
        let answer = try await api.send("GET", "/api/v1/query?query=\(text)")
        let data = answer.json["data"]
        guard answer.json["status"].string == "success", let rows = data["result"].array else {
            throw Refusal(description: "Prometheus answers to \(expression): \(answer.status) \(answer.text)")
        }
        if data["resultType"].string == "scalar" { return [Sample(labels: [:], value: Self.number(rows.last))] }
        return rows.map { row in
            let labels = (row["metric"].object?.members ?? []).map { ($0.name, $0.value.string ?? "") }
            return Sample(labels: Dictionary(labels) { $1 }, value: Self.number(row["value"][1]))
        }
    }

    /// Asks until the answer is what is awaited, and between two questions waits for another scrape.
    ///
    /// - Parameter scraped: rings with scrapes, as Prometheus itself tells of none.
    @discardableResult
    func await(
        _ expression: String,
        between scraped: Bell,
        within patience: Duration = .seconds(30),
        where isAwaited: ([Sample]) -> Bool = { !$0.isEmpty },
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> [Sample] {
        let deadline = ContinuousClock.now + patience
        while true {
            let scrapes = scraped.rings
            let samples = try await query(expression)
            if isAwaited(samples) { return samples }
            guard ContinuousClock.now < deadline else {
                Issue.record("\(expression) stays \(samples)", sourceLocation: sourceLocation)
                return samples
            }
            try await scraped.wait(after: scrapes)
        }
    }

    private static func number(_ value: JSONValue?) -> Double { value?.string.flatMap(Double.init) ?? .nan }
}
