package import CurlHTTP
import ExactJSON
import Foundation

/// A linkwatch that is asked over HTTP, one request after the other over one connection.
package struct RemoteService: Respondent {
    private let address: String
    private let base: String
    private let options: CurlOptions
    private let tokenFile: String?
    private let connectTimeout: Duration
    private let curl: CurlClient

    /// - Parameters:
    ///   - address: as people know it.
    ///   - base: what paths are put behind.
    ///   - tokenFile: read before each request, as tokens are replaced while a command goes on.
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
        self.tokenFile = tokenFile
        self.connectTimeout = connectTimeout
        self.curl = curl
    }

    package func exchange(_ request: ServiceRequest) async throws(ServiceError) -> ServiceAnswer {
        var headers = [CurlHeader("Accept", "application/json")]
        if request.method != .get { headers.append(CurlHeader("Content-Type", "application/json")) }
        if let tokenFile { headers.append(CurlHeader("Authorization", "Bearer \(try Self.token(in: tokenFile))")) }
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

    /// The only line of the file.
    private static func token(in path: String) throws(ServiceError) -> String {
        // Nil of reading is the end of the file, and not a failure.
        guard let file = FileHandle(forReadingAtPath: path),
            let data = try? file.read(upToCount: longestToken + 2) ?? Data()
        else { throw .badToken(path: path, reason: "cannot be read (\(String(cString: strerror(errno))))") }
        let text = String(decoding: data, as: UTF8.self)
            .trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw .badToken(path: path, reason: "is empty") }
        guard text.utf8.count <= longestToken, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .badToken(path: path, reason: "holds no token")
        }
        return text
    }

    private static let longestToken = 4096
}
