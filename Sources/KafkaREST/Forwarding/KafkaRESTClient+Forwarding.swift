import ClusterLinks

extension KafkaRESTClient {
    /// How many times the usual time-out a write may take: before it creates a link a cluster connects to the other one, and gives
    /// that half a minute.
    package static let writePatience = 4

    /// The most bytes of an answer that is passed on.
    package static let forwardedAnswerLimit = 16 * 1024 * 1024

    /// Passes one request on and returns the cluster's answer, whatever its status; sends it once and never again.
    ///
    /// Answers of status 3xx are failures: where they lead to is not linkwatch's to follow, nor the client's to be sent to.
    package func forward(_ request: ForwardedRequest) async throws(ForwardFailure) -> ForwardedAnswer {
        let authorization: Authorization
        do throws(PollFailure) {
            guard !Task.isCancelled else { throw .cancelled() }
            authorization = try await Authorization(credentials)
        } catch {
            throw ForwardFailure(error.reason, message: error.message, mayHaveBeenCarriedOut: false)
        }
        let content = request.body == nil ? [] : [Header("Content-Type", "application/json")]
        let response: TransportResponse
        do throws(TransportFailure) {
            response = try await transport.send(
                TransportRequest(
                    method: request.method,
                    url: endpoint.url(of: request),
                    headers: Self.own + content + authorization.headers,
                    body: request.body,
                    patience: request.isWrite ? Self.writePatience : 1,
                    answerLimit: Self.forwardedAnswerLimit
                )
            )
        } catch {
            let failure = PollFailure(error, hiding: authorization.secrets)
            throw ForwardFailure(
                failure.reason,
                message: failure.message,
                mayHaveBeenCarriedOut: error.mayHaveBeenSent
            )
        }
        guard !(300...399).contains(response.status) else {
            throw ForwardFailure(
                .redirect,
                message: "the cluster answered with a redirect (HTTP status \(response.status)): correct its endpoint",
                mayHaveBeenCarriedOut: !Self.isElsewhere(response.status)
            )
        }
        guard (200...599).contains(response.status) else {
            throw ForwardFailure(
                .protocol,
                message: "the cluster answered with HTTP status \(response.status), which is none",
                mayHaveBeenCarriedOut: true
            )
        }
        return ForwardedAnswer(
            status: response.status,
            contentType: response.header("Content-Type"),
            retryAfter: response.header("Retry-After"),
            body: shown(response.body, hiding: authorization.secrets)
        )
    }

    /// `Via` as a gateway has to send it (RFC 9110 §7.6.3): the cluster's log tells what was asked for on others' behalf.
    private static let own = [Header("Accept", "application/json"), Header("Via", "1.1 linkwatch")]

    /// Whether a redirect says that the request is to be sent elsewhere as it is, so that nothing was done here.
    ///
    /// 303 tells where the outcome of what was done is, and for a POST many servers say it with 302 (RFC 9110 §15.4.3, §15.4.4).
    private static func isElsewhere(_ status: Int) -> Bool { [301, 307, 308].contains(status) }

    /// The body as it came, unless our own credentials are in it, packed or not.
    private func shown(_ body: [UInt8], hiding secrets: Redaction) -> [UInt8] {
        let plain = body.isGzip ? (try? unpack(body)) ?? body : body
        return secrets.applied(to: plain) ?? body
    }
}
