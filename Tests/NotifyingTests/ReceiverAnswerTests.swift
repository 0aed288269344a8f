import CurlHTTP
import Testing

@testable import Notifying

struct ReceiverAnswerTests {
    /// A status, what an Alertmanager's means, what a webhook's means.
    static let table: [(Int, String, String)] = [
        (200, "taken", "taken"), (202, "taken", "taken"), (204, "taken", "taken"),
        (301, "again redirect", "again redirect"), (307, "again redirect", "again redirect"),
        (400, "drop bad_request", "drop bad_request"),
        (401, "drop authentication", "again authentication"),
        (403, "drop authorization", "again authorization"),
        (404, "drop not_found", "again not_found"),
        (407, "drop proxy", "again proxy"),
        (408, "again timeout", "again timeout"),
        (410, "drop not_found", "again not_found"),
        (413, "drop bad_request", "drop bad_request"),
        (422, "drop bad_request", "drop bad_request"),
        (425, "again bad_request", "again bad_request"),
        (429, "again rate_limited", "again rate_limited"),
        (500, "again server", "again server"), (503, "again server", "again server"),
        (999, "again protocol", "again protocol"),
    ]

    @Test(arguments: table)
    func `a status says what becomes of a message`(status: Int, alertmanager: String, webhook: String) {
        func meaning(to kind: Receiver.Kind) -> String {
            let receiver = Receiver(name: "r", url: "http://localhost/", kind: kind)
            guard let failure = receiver.failure(in: CurlResponse(status: status)) else { return "taken" }
            return "\(failure.isFinal ? "drop" : "again") \(failure.reason.rawValue)"
        }
        #expect(meaning(to: .alertmanager) == alertmanager)
        #expect(meaning(to: .webhook()) == webhook)
    }

    @Test func `every reason that an exchange fails for has its word here`() {
        let failure = CurlFailure(url: "http://localhost/x", message: "m")
        let errors: [CurlHTTPError] = [
            .dns(failure), .connect(failure), .tls(failure), .timeout(failure), .reset(failure), .tooLarge(failure),
            .malformed(failure), .redirect(failure), .cancelled(failure), .proxy(failure), .unsupportedScheme(failure),
            .invalidRequest(failure), .internal(failure),
        ]
        let receiver = Receiver(name: "r", url: "http://localhost/x", kind: .webhook())
        for error in errors { #expect(receiver.failure(error).reason.rawValue == error.reason) }
    }

    @Test(arguments: [
        ("http://127.0.0.1:9093", "http://127.0.0.1:9093/api/v2/alerts"),
        ("http://127.0.0.1:9093/", "http://127.0.0.1:9093/api/v2/alerts"),
        ("https://example.org/am", "https://example.org/am/api/v2/alerts"),
    ])
    func `an Alertmanager's address ends in its API's`(base: String, url: String) {
        #expect(Receiver(name: "r", url: base, kind: .alertmanager).url == url)
    }
}
