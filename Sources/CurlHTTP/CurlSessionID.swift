/// The caller's key for requests that belong together, such as all polls of one cluster.
///
/// Requests with the same key share kept easy handles, and with them their TLS sessions: an easy handle has its own
/// session cache, while a shared cache has only eight places for everyone.
package struct CurlSessionID: Hashable, Sendable, ExpressibleByStringLiteral {
    package let rawValue: String

    package init(_ rawValue: String) {
        self.rawValue = rawValue
    }

    package init(stringLiteral value: String) {
        self.init(value)
    }
}
