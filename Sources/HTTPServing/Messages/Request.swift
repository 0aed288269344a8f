package import HTTPTypes

/// One received request: a view on the received bytes, in which fields are looked up only when asked for.
///
/// A class, because a request is handed on many times between the socket and the observer and never changes.
package final class Request: Sendable {
    let head: RequestHead
    /// The body with its transfer coding undone; empty where there is none.
    package let body: [UInt8]
    /// Who sent it, as the socket tells.
    package let peer: PeerAddress
    /// What the route's `{names}` stand for in this path, percent-decoded once.
    package let parameters: PathParameters
    /// The place of the route that matched in the router's table; nil for none.
    package let routeIndex: Int?
    /// The template of the route that matched, such as `/api/v1/clusters/{cluster_id}`; `unmatched` for none.
    package let routeTemplate: String
    /// Who the route's gate found to be asking; nil where it did not tell.
    package let caller: (any Caller)?

    /// The template said of requests that match no route, so that labels stay bounded.
    package static let unmatched = "unmatched"

    init(
        head: consuming RequestHead,
        body: consuming [UInt8],
        peer: PeerAddress,
        parameters: PathParameters = PathParameters(),
        routeIndex: Int? = nil,
        routeTemplate: String = Request.unmatched,
        caller: (any Caller)? = nil
    ) {
        self.head = head
        self.body = body
        self.peer = peer
        self.parameters = parameters
        self.routeIndex = routeIndex
        self.routeTemplate = routeTemplate
        self.caller = caller
    }

    /// The same request, with who is asking.
    func asked(by caller: any Caller) -> Request {
        Request(
            head: head,
            body: body,
            peer: peer,
            parameters: parameters,
            routeIndex: routeIndex,
            routeTemplate: routeTemplate,
            caller: caller
        )
    }

    /// The method as sent; methods are case-sensitive (RFC 9110 §9.1).
    package var method: HTTPRequest.Method { head.method }

    /// The path of the target, not decoded; `/` where an absolute target has none (RFC 9110 §4.2.3).
    package var path: String {
        head.target.path.isEmpty ? "/" : head.text(head.target.path)
    }

    /// What follows the first `?` of the target, not decoded.
    package var query: String? { head.target.query.map(head.text) }

    /// The field's value, several lines joined with a comma and a blank (RFC 9110 §5.2).
    package subscript(_ name: HTTPField.Name) -> String? { head.value(of: name) }

    /// The host and port the client asked: those of an absolute target, else `Host` (RFC 9112 §3.2.2).
    package var authority: String? {
        if let authority = head.target.authority { return head.text(authority) }
        // HTTPTypes keeps `Host` for itself as the pseudo field `:authority`, so its name is made here.
        return Self.host.flatMap { head.value(of: $0) }
    }

    private static let host = HTTPField.Name("Host")

    /// The path and the query as they were sent: the same bytes ask for the same.
    package var target: ArraySlice<UInt8> {
        head.bytes[head.target.path.range.lowerBound..<(head.target.query ?? head.target.path).range.upperBound]
    }

    /// The query's items in their order, names and values decoded once; a problem of status 400 where that cannot be done.
    package func queryItems() throws -> [QueryItem] {
        guard let query = head.target.query else { return [] }
        return try QueryItem.decode(head.bytes[query.range])
    }
}
