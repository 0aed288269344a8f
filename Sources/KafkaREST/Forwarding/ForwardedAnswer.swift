/// What a cluster answered to a request that was passed on, as it came, whatever its status.
///
/// Only what is about the answer itself is kept: an upstream's challenge or `Location` is meant for who was connected to it.
package struct ForwardedAnswer: Sendable, Hashable {
    package let status: Int
    package let contentType: String?
    /// As the upstream wrote it.
    package let retryAfter: String?
    /// Unpacked where its header said that it was packed, else byte for byte; only linkwatch's own credentials are taken out,
    /// should the server have sent them back.
    package let body: [UInt8]

    package init(status: Int, contentType: String? = nil, retryAfter: String? = nil, body: [UInt8] = []) {
        self.status = status
        self.contentType = contentType
        self.retryAfter = retryAfter
        self.body = body
    }

    package var isSuccess: Bool { (200...299).contains(status) }
}

extension ForwardedAnswer: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "HTTP status \(status) with a body of \(body.count) bytes" }

    package var debugDescription: String { description }

    package var customMirror: Mirror {
        Mirror(self, children: ["status": status, "bodySize": body.count], displayStyle: .struct)
    }
}
