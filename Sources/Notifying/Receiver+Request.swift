import CurlHTTP
import ExactJSON

extension Receiver {
    /// What is kept of an answer: its first line is told, its status decides.
    static let answerSize = 4096

    /// What is posted for a message.
    ///
    /// Redirects are not followed: a POST that becomes a GET is answered with a 200 that took nothing.
    /// - Parameter now: since 1970, for the signature.
    func request(
        for message: OutboxMessage,
        at now: Duration,
        within timeout: Duration
    ) throws(DeliveryFailure) -> CurlRequest {
        var headers = [CurlHeader("Content-Type", "application/json")]
        if let authorization = try authentication.authorization() {
            headers.append(CurlHeader("Authorization", authorization))
        }
        var body = message.body
        if case .webhook(let secret, let template) = kind {
            headers.append(CurlHeader("Linkwatch-Notification-Id", message.notificationID))
            let secret = try secret.map { secret throws(DeliveryFailure) in try Self.reveal(secret) }
            if let template { body = try Self.render(template, of: body, secret: secret) }
            if let secret, template?.saysSecret != true {
                headers.append(CurlHeader("X-Linkwatch-Signature", Signature(of: body, at: now, secret: secret).text))
            }
        }
        return CurlRequest(
            method: "POST",
            url: url,
            headers: headers,
            body: body,
            timeout: timeout,
            connectTimeout: timeout,
            maximumBodySize: Self.answerSize,
            cutsBody: true,
            followsRedirects: false,
            session: CurlSessionID("notify \(name)")
        )
    }

    static func reveal(_ secret: Secret) throws(DeliveryFailure) -> String {
        do { return try secret() } catch { throw .secret("\(error)") }
    }

    private static func render(
        _ template: BodyTemplate,
        of body: [UInt8],
        secret: String?
    ) throws(DeliveryFailure) -> [UInt8] {
        do throws(JSONError) {
            return template.render(try JSONValue(parsing: body), secret: secret)
        } catch {
            throw .body("\(error)")
        }
    }
}
