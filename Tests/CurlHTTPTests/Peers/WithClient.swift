import CurlHTTP

/// Lends a client, and shuts it down.
func withClient(
    maximumConnections: Int = 16,
    isolation: isolated (any Actor)? = #isolation,
    _ body: (CurlClient) async throws -> Void
) async throws {
    let client = CurlClient(userAgent: "linkwatch/test", maximumConnections: maximumConnections)
    do {
        try await body(client)
    } catch {
        await client.shutdown()
        throw error
    }
    await client.shutdown()
}

extension CurlRequest {
    /// A request whose time-outs do not matter to the test.
    static func make(
        _ url: String,
        method: String = "GET",
        headers: [CurlHeader] = [],
        body: [UInt8]? = nil,
        timeout: Duration = .seconds(40),
        connectTimeout: Duration = .seconds(40),
        maximumBodySize: Int = CurlRequest.defaultMaximumBodySize,
        session: CurlSessionID = "test"
    ) -> CurlRequest {
        CurlRequest(
            method: method,
            url: url,
            headers: headers,
            body: body,
            timeout: timeout,
            connectTimeout: connectTimeout,
            maximumBodySize: maximumBodySize,
            session: session
        )
    }
}

extension CurlClient {
    /// The error that a request ends with, or nil if it was answered; without the proxies of whoever runs the tests.
    func failure(of request: CurlRequest, options: CurlOptions = CurlOptions(proxy: "")) async -> CurlHTTPError? {
        do throws(CurlHTTPError) {
            _ = try await send(request, options: options)
            return nil
        } catch {
            return error
        }
    }
}
