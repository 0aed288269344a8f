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

    /// Makes the form that the answer takes, where it takes one that is not made yet; never on an event queue.
    static func makeForm(of response: Response, for head: RequestHead) async {
        // A gzip form may turn out useless, and then it is the plain one.
        while let form = formToMake(of: response, for: head) { await form.settle() }
    }

    /// A form that is to be made before the answer can be begun.
    static func formToMake(of response: Response, for head: RequestHead) -> FormOnDemand? {
        guard case .representation(let representation) = response.body else { return nil }
        guard response.status == .ok else { return representation.plain.isSettled ? nil : representation.plain }
        return formToMake(of: representation, for: head)
    }

    private static func formToMake(of representation: Representation, for head: RequestHead) -> FormOnDemand? {
        let gzip = representation.gzip
        let plain = representation.plain
        guard !plain.isSettled || (representation.isCompressible && !gzip.isSettled) else { return nil }
        switch choice(representation, head) {
        case .gzip where !gzip.isSettled: return gzip
        case .gzip where gzip.made != nil: return nil
        case .gzip, .identity: return plain.isSettled ? nil : plain
        case .none: return nil
        }
    }

    /// The plain form whatever was asked for: of an answer that is no 200 (§13.2.1).
    static func plain(_ representation: Representation) -> RepresentationAnswer {
        representation.plain.made.map(whole) ?? .notAcceptable
    }

    /// Preconditions come after the choice of the form they are about, `If-Match` first (§13.2.2).
    ///
    /// A form that is not made yet counts as not offered: whoever needs it makes it before (`makeForm`).
    static func of(_ representation: Representation, for head: RequestHead) -> RepresentationAnswer {
        let made: RepresentationForm?
        switch choice(representation, head) {
        case .identity: made = representation.plain.made
        case .gzip: made = representation.gzip.made ?? representation.plain.made
        case .none: return .notAcceptable
        }
        guard let form = made else { return .notAcceptable }
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
