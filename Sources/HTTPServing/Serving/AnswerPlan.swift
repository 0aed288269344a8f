import HTTPTypes

/// What goes over the wire for a response to a request: decided here, done by the event loop.
struct AnswerPlan {
    var status: HTTPResponse.Status
    /// Field lines already written out.
    var prepared: [UInt8] = []
    var fields: HTTPFields
    var framing: BodyFraming
    /// The body, where it is at hand and to be sent.
    var bytes: [UInt8] = []
    /// The same body in a file, where there is one.
    var file: BodyFile?
    /// What writes the body, where it is streamed and to be sent.
    var stream: (@Sendable (BodyWriter) async throws -> Void)?

    /// - Parameters:
    ///   - isHead: the method, where there is no request because what was received was refused.
    ///   - answer: what the client is told where a precondition or an exclusion of its leaves nothing else.
    init(
        _ response: Response,
        to request: Request?,
        isHead: Bool = false,
        answeringProblems answer: ProblemAnswer = { $0.response(to: $1) }
    ) {
        status = response.status
        fields = response.fields
        let isHead = isHead || request?.method == .head
        // RFC 9110 §8.6, §15.3.5, §15.4.5: neither has a body, and 204 must not have a length.
        let isBodiless = status == .noContent || status == .notModified
        switch response.body {
        case .empty:
            framing = isBodiless ? .none : .length(0)
        case .bytes(let body):
            framing = isBodiless ? .none : .length(body.count)
            if !isHead, !isBodiless { bytes = body }
        case .stream(let length, let stream):
            let isHTTP11 = request?.head.minorVersion ?? 1 == 1
            framing = isBodiless ? .none : length.map { .length($0) } ?? (isHTTP11 ? .chunked : .untilClose)
            if !isHead, !isBodiless { self.stream = stream }
        case .representation(let representation):
            framing = .none
            take(representation, request: request, isHead: isHead, answer)
        }
    }

    private mutating func take(
        _ representation: Representation,
        request: Request?,
        isHead: Bool,
        _ answer: ProblemAnswer
    ) {
        // RFC 9110 §13.2.1: preconditions are about answers that would be a 200 without them.
        let outcome =
            switch request {
            case .some(let request) where status == .ok: RepresentationAnswer.of(representation, for: request.head)
            default: RepresentationAnswer.plain(representation)
            }
        switch outcome {
        case .whole(let form):
            prepared = form.fields
            if !isHead { take(form) }
        case .notModified(let form):
            status = .notModified
            prepared = form.notModifiedFields
        case .preconditionFailed:
            let problem = Problem(status: .preconditionFailed, detail: "the resource has another entity tag")
            self = AnswerPlan(request.map { answer(problem, $0) } ?? problem.response(), to: request)
        case .notAcceptable:
            let problem = Problem(
                status: .notAcceptable,
                detail: "offered are gzip and no coding at all, and Accept-Encoding excludes them"
            )
            self = AnswerPlan(request.map { answer(problem, $0) } ?? problem.response(), to: request)
        }
    }

    private mutating func take(_ form: RepresentationForm) {
        bytes = form.body
        file = form.file
    }

    /// Whether the connection cannot outlive the answer for the answer's own sake.
    var closes: Bool {
        guard framing != .untilClose else { return true }
        guard !fields.isEmpty else { return false }
        return fields[.connection]?.lowercased().contains("close") ?? false
    }

    /// Writes the head (RFC 9112 §4, §5).
    func writeHead(to output: inout [UInt8], date: [UInt8], persistence: Persistence) {
        switch status.code {
        case 200: output.append(contentsOf: Self.okLine)
        case 304: output.append(contentsOf: Self.notModifiedLine)
        default: output.append(contentsOf: Self.statusLine(status))
        }
        output.append(contentsOf: date)
        output.append(contentsOf: Self.nosniff)
        output.append(contentsOf: prepared)
        if !fields.isEmpty { writeFields(to: &output) }
        switch framing {
        case .length(let length): output.append(contentsOf: "Content-Length: \(length)\r\n".utf8)
        case .chunked: output.append(contentsOf: "Transfer-Encoding: chunked\r\n".utf8)
        case .none, .untilClose: break
        }
        switch persistence {
        case .implied: break
        case .announced: output.append(contentsOf: "Connection: keep-alive\r\n".utf8)
        case .ends: output.append(contentsOf: "Connection: close\r\n".utf8)
        }
        output.append(contentsOf: Self.lineEnd)
    }

    private func writeFields(to output: inout [UInt8]) {
        for field in fields where !ServerFields.contains(field.name) {
            output.append(contentsOf: field.name.rawName.utf8)
            output.append(Octet.colon)
            output.append(Octet.space)
            output.append(contentsOf: field.value.utf8)
            output.append(contentsOf: Self.lineEnd)
        }
    }

    private static func statusLine(_ status: HTTPResponse.Status) -> [UInt8] {
        Array("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n".utf8)
    }

    // Nearly all answers are one of these two.
    private static let okLine = statusLine(.ok)
    private static let notModifiedLine = statusLine(.notModified)
    /// An answer is what its Content-Type says, whatever a browser makes of its bytes (WHATWG Fetch, "nosniff").
    private static let nosniff = Array("X-Content-Type-Options: nosniff\r\n".utf8)
    private static let lineEnd = [Octet.carriageReturn, Octet.lineFeed]
}

/// Whether a connection outlives an answer, and how the answer says so (RFC 9112 §9.3).
enum Persistence: Sendable, Equatable {
    /// HTTP/1.1 lasts without a word.
    case implied
    /// HTTP/1.0 lasts only when both say so.
    case announced
    /// The connection is closed after the answer.
    case ends
}
