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
    static func needsCompression(_ representation: Representation, for head: RequestHead) -> Bool {
        representation.isCompressible && !representation.isCompressedFormAtHand
            && choice(representation, head) == .gzip
    }

    /// Preconditions come after the choice of the form they are about, `If-Match` first (§13.2.2).
    ///
    /// A gzip form that is not made yet counts as not offered: whoever needs it makes it before.
    static func of(_ representation: Representation, for head: RequestHead) -> RepresentationAnswer {
        let form: RepresentationForm
        switch choice(representation, head) {
        case .identity: form = representation.plain
        case .gzip: form = representation.compressedForm ?? representation.plain
        case .none: return .notAcceptable
        }
        if head.hasLine(named: "if-match"),
            !head.hasLine(
                named: "if-match",
                where: { EntityTagList.contains(form.tag, in: $0, $1, comparing: .strong) }
            )
        {
            return .preconditionFailed
        }
        if head.method == .get || head.method == .head,
            head.hasLine(
                named: "if-none-match",
                where: { EntityTagList.contains(form.tag, in: $0, $1, comparing: .weak) }
            )
        {
            return .notModified(form)
        }
        return .whole(form)
    }

    private static func choice(_ representation: Representation, _ head: RequestHead) -> AcceptEncoding.Choice {
        var accepted = AcceptEncoding()
        let bytes = head.bytes.span
        for line in head.lines where bytes.matches(line.name.range, "accept-encoding") {
            accepted.take(bytes, line.value.range)
        }
        return accepted.choice(gzipIsOffered: representation.isCompressible)
    }
}
