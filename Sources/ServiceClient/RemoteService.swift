package import CurlHTTP
import ExactJSON

/// A linkwatch that is asked over HTTP, one request after the other over one connection.
package struct RemoteService: Respondent {
    private let address: String
    private let base: String
    private let options: CurlOptions
    private let tokenFile: TokenFile?
    private let connectTimeout: Duration
    private let curl: CurlClient

    /// - Parameters:
    ///   - address: as people know it.
    ///   - base: what paths are put behind.
    ///   - tokenFile: the path of the file with the token; nil to send none.
    package init(
        address: String,
        base: String,
        options: CurlOptions,
        tokenFile: String?,
        connectTimeout: Duration = .seconds(10),
        curl: CurlClient
    ) {
        self.address = address
        self.base = base
        self.options = options
        self.tokenFile = tokenFile.map(TokenFile.init)
        self.connectTimeout = connectTimeout
        self.curl = curl
    }

    package func exchange(_ request: ServiceRequest) async throws(ServiceError) -> ServiceAnswer {
        var headers = [CurlHeader("Accept", "application/json")]
        if request.method != .get { headers.append(CurlHeader("Content-Type", "application/json")) }
        if let tokenFile { headers.append(CurlHeader("Authorization", "Bearer \(try tokenFile.token())")) }
        let question = CurlRequest(
            method: request.method.rawValue,
            url: base + request.target,
            headers: headers,
            body: request.body?.encoded ?? (request.method == .get ? nil : []),
            timeout: request.patience,
            connectTimeout: min(connectTimeout, request.patience),
            followsRedirects: request.method == .get,
            session: "service"
        )
        do throws(CurlHTTPError) {
            let response = try await curl.send(question, options: options)
            return ServiceAnswer(status: response.status, body: response.body)
        } catch {
            throw .unreachable(address: address, reason: "\(error)")
        }
    }
}
