import ClusterLinks

/// When an answer asks to be asked again.
struct RetryAdvice: Sendable, Hashable {
    /// Longer waits are cut to a day; whoever waits has a cap of its own, far below.
    static let longest = Duration.seconds(86_400)

    /// Nil where the answer says nothing that can be understood.
    let delay: Duration?

    /// Reads `Retry-After` (RFC 9110 §10.2.3), else, of a 429, `X-RateLimit-Reset`, which Confluent gives in seconds from now.
    ///
    /// A date is held against the answer's own `Date` where there is one, so that a wrong clock on either side does no harm.
    init(_ response: TransportResponse, now: Instant) {
        if let delay = response.header("Retry-After").flatMap({ Self.delay($0, in: response, now: now) }) {
            self.delay = delay
        } else if response.status == 429 {
            delay = response.header("X-RateLimit-Reset").flatMap { Self.seconds($0) }
        } else {
            delay = nil
        }
    }

    private static func delay(_ value: String, in response: TransportResponse, now: Instant) -> Duration? {
        if let delay = seconds(value) { return delay }
        guard let date = HTTPDate(value) else { return nil }
        let sent = response.header("Date").flatMap { HTTPDate($0) }?.instant ?? now
        return min(max(date.instant - sent, .zero), longest)
    }

    /// Digits only; more of them than a number holds are a very long time (RFC 9111 §1.2.2).
    private static func seconds(_ value: String) -> Duration? {
        let words = value.split { $0 == " " || $0 == "\t" }
        guard words.count == 1, words[0].utf8.allSatisfy({ $0 &- UInt8(ascii: "0") < 10 }) else { return nil }
        guard let seconds = Int64(words[0]), seconds < 86_400 else { return longest }
        return .seconds(seconds)
    }
}
