/// One HTTP request for a transport; printing it shows neither the values of headers nor the body.
package struct TransportRequest: Sendable, Hashable {
    package let method: String
    /// Absolute, `http` or `https`, percent-encoded: a transport sends its path as it stands.
    package let url: String
    package let headers: [Header]
    package let body: [UInt8]?
    /// How many times the transport's own time-out it may take.
    package let patience: Int
    /// The most bytes of an answer's body, where it is to be fewer than the transport takes.
    package let answerLimit: Int?

    package init(
        method: String = "GET",
        url: String,
        headers: [Header] = [],
        body: [UInt8]? = nil,
        patience: Int = 1,
        answerLimit: Int? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.patience = patience
        self.answerLimit = answerLimit
    }
}

extension TransportRequest: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(method) \(url)" }

    package var debugDescription: String { description }

    package var customMirror: Mirror {
        Mirror(
            self,
            children: ["method": method, "url": url, "headers": headers, "bodySize": body?.count ?? 0],
            displayStyle: .struct
        )
    }
}
