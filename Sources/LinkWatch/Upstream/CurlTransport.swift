import CurlHTTP
import KafkaREST

/// Carries one cluster's requests over libcurl, on a connection that is kept for it.
struct CurlTransport: Transport {
    let client: CurlClient
    let session: CurlSessionID
    let options: CurlOptions
    let timeout: Duration

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        let exchange = CurlRequest(
            method: request.method,
            url: request.url,
            headers: request.headers.map { CurlHeader($0.name, $0.value) },
            body: request.body,
            timeout: timeout * max(1, request.patience),
            connectTimeout: timeout,
            maximumBodySize: request.answerLimit ?? CurlRequest.defaultMaximumBodySize,
            followsRedirects: request.method == "GET",
            session: session
        )
        do throws(CurlHTTPError) {
            let response = try await client.send(exchange, options: options)
            return TransportResponse(
                status: response.status,
                headers: response.headers.map { Header($0.name, $0.value) },
                body: response.body
            )
        } catch {
            throw TransportFailure(
                reason: error.reason,
                message: error.explained(at: SystemTime.wall),
                mayHaveBeenSent: error.mayHaveBeenSent
            )
        }
    }

    /// Unpacks a body that is gzip without saying so; as bounded as one that says so.
    static func unpack(_ body: [UInt8]) throws -> [UInt8]? {
        do throws(GunzipError) {
            return try gunzip(body, limit: CurlRequest.defaultMaximumBodySize)
        } catch .tooLarge {
            throw TransportFailure(
                reason: "too_large",
                message: "the gzip body unpacks to more than \(CurlRequest.defaultMaximumBodySize) bytes"
            )
        } catch {
            return nil
        }
    }
}
