import HTTPTypes

/// What a representation comes to for one request.
enum RepresentationAnswer: Sendable {
    /// 200 with this form (HEAD: without its body).
    case whole(RepresentationForm)
    /// 304 with the form's tag (RFC 9110 §15.4.5).
    case notModified(RepresentationForm)
    /// 412, for `If-Match` names another state (§15.5.13).
    case preconditionFailed
    /// 406: the client excluded every form there is (§12.5.3).
    case notAcceptable

    /// Whether the answer needs a gzip form that is still to be made.
    static func needsCompression(_ representation: Representation, for request: Request) -> Bool {
        choice(representation, request) == .gzip && !representation.isCompressedFormAtHand
    }

    /// Preconditions come after the choice of the form they are about, `If-Match` first (§13.2.2).
    static func of(_ representation: Representation, for request: Request) -> RepresentationAnswer {
        let form: RepresentationForm
        switch choice(representation, request) {
        case .identity: form = representation.plain
        case .gzip: form = representation.compressedForm() ?? representation.plain
        case .none: return .notAcceptable
        }
        guard !request.head.lines.isEmpty else { return .whole(form) }
        if let field = request[.ifMatch], !EntityTagList(parsing: field).contains(form.tag, comparing: .strong) {
            return .preconditionFailed
        }
        if request.method == .get || request.method == .head, let field = request[.ifNoneMatch],
            EntityTagList(parsing: field).contains(form.tag, comparing: .weak)
        {
            return .notModified(form)
        }
        return .whole(form)
    }

    private static func choice(_ representation: Representation, _ request: Request) -> AcceptEncoding.Choice {
        AcceptEncoding.choose(request[.acceptEncoding], gzipIsOffered: representation.isCompressible)
    }
}
