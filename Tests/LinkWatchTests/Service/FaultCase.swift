import ConfluentSimulator
import ExactJSON
import HTTPTypes
import Testing

/// One way in which an upstream answers wrongly, and what has to come of it.
struct FaultCase: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let faults: [SimulatedFault]
    /// Nil where the answer can be read in spite of it.
    let reason: String?
    let status: Int?

    init(_ name: String, _ kinds: SimulatedFault.Kind..., reason: String?, status: Int?) {
        testDescription = name
        faults = kinds.map { SimulatedFault($0) }
        self.reason = reason
        self.status = status
    }

    init(_ name: String, _ fault: SimulatedFault, reason: String?, status: Int?) {
        testDescription = name
        faults = [fault]
        self.reason = reason
        self.status = status
    }

    private typealias Refusal = SimulatedFault.Refusal

    static let refusals: [FaultCase] = [
        FaultCase("401 as HTML", .status(Refusal(401, body: .html)), reason: "authentication", status: 401),
        FaultCase("401 with code 40101", .status(json(401, 40101)), reason: "authentication", status: 401),
        FaultCase("401 with code 401", .status(json(401, 401)), reason: "authorization", status: 401),
        FaultCase("403", .status(json(403, 40301)), reason: "authorization", status: 403),
        FaultCase("404", .status(json(404, 404)), reason: "not_found", status: 404),
        FaultCase("400", .status(json(400, 40002)), reason: "bad_request", status: 400),
        FaultCase("429", .rateLimit(), reason: "rate_limited", status: 429),
        FaultCase("429 with Retry-After", .rateLimit(retryAfter: "2"), reason: "rate_limited", status: 429),
        FaultCase("429 with a wrong Retry-After", .rateLimit(retryAfter: "soon"), reason: "rate_limited", status: 429),
        FaultCase("500 as HTML", .status(Refusal(500, body: .html)), reason: "server", status: 500),
        FaultCase("503 without a body", .status(Refusal(503, body: .none)), reason: "server", status: 503),
    ]

    static let brokenTransfers: [FaultCase] = [
        FaultCase("later than the time-out", .delay(.seconds(60)), reason: "timeout", status: nil),
        FaultCase(
            "slower than the time-out",
            .drip(bytes: 1, every: .milliseconds(50)),
            reason: "timeout",
            status: nil
        ),
        FaultCase("reset before the answer", .reset(after: nil), reason: "reset", status: nil),
        FaultCase("reset within the body", .reset(after: 30), reason: "reset", status: nil),
        FaultCase("cut short", .truncate(after: 40), reason: "reset", status: nil),
        FaultCase(
            "64 MiB of gzip bomb",
            .oversized(bytes: 65 << 20),
            .gzip(declared: true),
            reason: "too_large",
            status: nil
        ),
        FaultCase(
            "an undeclared bomb",
            .oversized(bytes: 65 << 20),
            .gzip(declared: false),
            reason: "too_large",
            status: 200
        ),
    ]

    static let unreadableLists: [FaultCase] = [
        FaultCase("garbage", .garbage(bytes: 512), reason: "malformed", status: 200),
        FaultCase("an empty body", .empty, reason: "malformed", status: 200),
        FaultCase("no data", .data(nil), reason: "malformed", status: 200),
        FaultCase("null for data", .data(.null), reason: "malformed", status: 200),
        FaultCase("data that is no array", .data("none"), reason: "malformed", status: 200),
        FaultCase("an item that is no object", .item(7), reason: "malformed", status: 200),
        FaultCase("an item without id and name", .item(["topic_names": []]), reason: "malformed", status: 200),
        FaultCase("one id with two contents", .duplicate(different: true), reason: "malformed", status: 200),
        FaultCase("an HTML page with 200", page("<html>sign in</html>", "text/html"), reason: "malformed", status: 200),
        FaultCase("half a JSON text", page(#"{"data":["#, "application/json"), reason: "malformed", status: 200),
        FaultCase("a list without its object", page("[]", "application/json"), reason: "malformed", status: 200),
        FaultCase("deep nesting", page(nested, "application/json"), reason: "malformed", status: 200),
        FaultCase(
            "pages on another origin",
            .paginate(size: 2, origin: "http://127.0.0.1:9"),
            reason: "malformed",
            status: 200
        ),
        FaultCase("pages of a file", .paginate(size: 2, origin: "file:///etc"), reason: "malformed", status: 200),
    ]

    /// What looks odd and is a list all the same.
    static let readableLists: [FaultCase] = [
        FaultCase("gzip that says so", .gzip(declared: true), reason: nil, status: 200),
        FaultCase("gzip that does not say so", .gzip(declared: false), reason: nil, status: 200),
        FaultCase("chunks", .chunked, reason: nil, status: 200),
        FaultCase("an item twice", .duplicate(different: false), reason: nil, status: 200),
        FaultCase("pages", .paginate(size: 1, origin: nil), reason: nil, status: 200),
        FaultCase("a short delay", .delay(.milliseconds(20)), reason: nil, status: 200),
        FaultCase("pieces", .drip(bytes: 4096, every: .milliseconds(1)), reason: nil, status: 200),
        FaultCase("much white space", .oversized(bytes: 1 << 20), reason: nil, status: 200),
    ]

    private static let nested = #"{"data":"# + String(repeating: "[", count: 10_000)

    private static func json(_ status: Int, _ code: Int) -> Refusal {
        Refusal(status, body: .json(code: code, message: "said the upstream"))
    }

    private static func page(_ text: String, _ type: String) -> SimulatedFault {
        SimulatedFault(.body(status: 200, contentType: type, bytes: Array(text.utf8)))
    }
}
