import CurlHTTP

extension Receiver {
    /// What an answer means; nil where the message was taken.
    ///
    /// A status of the 5xx may pass, and 408, 425 and 429 ask to come again (RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4). Of the
    /// other 4xx an Alertmanager's is about alerts that come anew by themselves soon. A webhook's message comes once only: there, what
    /// is wrong with the receiver and not with the message – who may post, and where – is waited out until somebody has repaired it.
    func failure(in response: CurlResponse) -> DeliveryFailure? {
        let status = response.status
        switch status {
        case 200..<300: return nil
        case 400..<500 where !isPassing(status): return .refused(status: status, saying: words(of: response))
        default:
            return .unavailable(status: status, saying: words(of: response), retryAfter: response.retryAfter)
        }
    }

    private func isPassing(_ status: Int) -> Bool {
        switch (status, kind) {
        case (408, _), (425, _), (429, _): true
        case (401, .webhook), (403, .webhook), (404, .webhook), (407, .webhook), (410, .webhook): true
        default: false
        }
    }

    /// Why no answer came.
    func failure(_ error: CurlHTTPError) -> DeliveryFailure {
        .unanswered(
            DeliveryFailure.Reason(rawValue: error.reason) ?? .internal,
            error.description.replacing(error.failure.url, with: origin)
        )
    }

    /// Scheme, host and port: all of the address that is shown.
    private var origin: String {
        let scheme = url.firstRange(of: "://").map { url[..<$0.upperBound] } ?? ""
        let authority = url.dropFirst(scheme.count).prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return String(scheme) + (authority.split(separator: "@").last ?? "")
    }

    /// The first line of an answer's body, safe to log: other than printable ASCII becomes a question mark, and where the receiver
    /// echoes its address or the secret, nothing is told.
    private func words(of response: CurlResponse) -> String {
        let line = response.body.drop { $0 <= 0x20 }.prefix { $0 != 0x0A && $0 != 0x0D }
        let text = String(decoding: line.prefix(200).map { 0x20...0x7E ~= $0 ? $0 : UInt8(ascii: "?") }, as: UTF8.self)
        let whole = String(decoding: response.body, as: UTF8.self)
        guard !secrets.contains(where: { whole.contains($0) }) else { return "an answer that repeats a secret" }
        return text.isEmpty ? "an empty answer" : text
    }

    private var secrets: [String] {
        var secrets = authentication.secrets
        if case .webhook(let secret, _) = kind {
            // The parts of a chat service's address are long; short ones are words like "alerts".
            let parts = url.dropFirst(origin.count).split { "/?&=".contains($0) }.filter { $0.utf8.count >= 8 }
            secrets += parts.map(String.init)
            // One that cannot be read was not sent.
            if let key = try? secret?() { secrets.append(key) }
        }
        return secrets.filter { !$0.isEmpty }
    }
}
