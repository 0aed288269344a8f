import CurlHTTP
import ExactJSON
import Testing

/// Asks a running linkwatch over HTTP, with libcurl.
struct APIClient: Sendable {
    struct Answer: Sendable {
        let status: Int
        let body: [UInt8]
        let json: JSONValue
        let header: @Sendable (String) -> String?

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// Nothing that was waited for was answered in time.
    struct Overdue: Error, CustomStringConvertible {
        let path: String
        let last: String

        var description: String { "GET \(path) did not become what was waited for; the last answer was \(last)" }
    }

    let curl: CurlClient
    let base: String

    func send(
        _ method: String,
        _ path: String,
        headers: [String: String] = [:],
        body: String? = nil
    ) async throws -> Answer {
        let response = try await curl.send(
            CurlRequest(
                method: method,
                url: base + path,
                headers: headers.map { CurlHeader($0.key, $0.value) },
                body: body.map { Array($0.utf8) },
                timeout: .seconds(30),
                connectTimeout: .seconds(10),
                session: "test"
            )
        )
        return Answer(
            status: response.status,
            body: response.body,
            json: (try? JSONValue(parsing: response.body)) ?? .null
        ) { response[$0] }
    }

    /// The answer to a GET that succeeds.
    func get(_ path: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> JSONValue {
        let answer = try await send("GET", path)
        #expect(answer.status == 200, "GET \(path): \(answer.text)", sourceLocation: sourceLocation)
        return answer.json
    }

    func post(_ path: String, token: String? = nil, body: String = "{}") async throws -> Answer {
        var headers = ["Content-Type": "application/json"]
        if let token { headers["Authorization"] = "Bearer \(token)" }
        return try await send("POST", path, headers: headers, body: body)
    }

    /// Polls a cluster now and returns the poll.
    @discardableResult
    func poll(_ cluster: String, sourceLocation: SourceLocation = #_sourceLocation) async throws -> JSONValue {
        let answer = try await post("/api/v1/clusters/\(cluster)/poll")
        #expect(answer.status == 200, "polling \(cluster): \(answer.text)", sourceLocation: sourceLocation)
        return answer.json
    }

    /// Asks until the answer is what is waited for: for what only time brings about, and no event tells.
    @discardableResult
    func awaitAnswer(
        to path: String,
        within patience: Duration = .seconds(30),
        where isAwaited: (JSONValue) -> Bool
    ) async throws -> JSONValue {
        let deadline = ContinuousClock.now + patience
        while true {
            let answer = try await send("GET", path)
            if answer.status == 200, isAwaited(answer.json) { return answer.json }
            guard ContinuousClock.now < deadline else { throw Overdue(path: path, last: answer.text) }
            await Task.yield()
        }
    }
}
