package import HTTPTypes

extension Request {
    /// Builds a request as if it had been received and routed, for the tests of handlers; the target, in origin form, is taken
    /// as it is.
    package static func make(
        method: HTTPRequest.Method = .get,
        target: String = "/",
        fields: HTTPFields = [:],
        body: [UInt8] = [],
        authority: String = "localhost",
        peer: PeerAddress = .ip(host: "127.0.0.1", port: 49_152),
        parameters: [String: String] = [:],
        routeTemplate: String = Request.unmatched,
        caller: (any Caller)? = nil
    ) -> Request {
        var head = RequestHead()
        head.method = method
        func append(_ text: String) -> Slice {
            let start = head.bytes.count
            head.bytes.append(contentsOf: text.utf8)
            return Slice(start..<head.bytes.count)
        }
        let whole = append(target).range
        let question = head.bytes[whole].firstIndex(of: UInt8(ascii: "?"))
        head.target.path = Slice(whole.lowerBound..<(question ?? whole.upperBound))
        head.target.query = question.map { Slice($0 + 1..<whole.upperBound) }
        head.lines.append(RequestHead.Line(name: append("Host"), value: append(authority)))
        for field in fields {
            head.lines.append(RequestHead.Line(name: append(field.name.rawName), value: append(field.value)))
        }
        return Request(
            head: head,
            body: body,
            peer: peer,
            parameters: PathParameters(parameters.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }),
            routeTemplate: routeTemplate,
            caller: caller
        )
    }
}
