/// Where the parts of a request target lie in the buffer (RFC 9112 §3.2).
struct RequestTarget: Sendable, Equatable {
    enum Form: Sendable, Equatable {
        /// §3.2.1: a path and perhaps a query.
        case origin
        /// §3.2.2: a whole URI, as sent to proxies; servers must take it too.
        case absolute
        /// §3.2.4: `*`, the server as a whole, with OPTIONS only.
        case asterisk
    }

    var form: Form = .origin
    var path: Slice = .empty
    var query: Slice?
    /// Host and port of an absolute target; they count instead of `Host` (§3.2.2).
    var authority: Slice?

    static func parse(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(RequestRefusal) -> RequestTarget {
        // Controls, blanks, non-ASCII and the fragment are refused. Marks such as | or { are let through although RFC 3986
        // wants them encoded: browsers send them raw (https://url.spec.whatwg.org/#query-percent-encode-set), and an origin
        // server that does not forward the target can take no harm from them.
        for index in range where bytes[index] <= 0x20 || bytes[index] >= 0x7F || bytes[index] == UInt8(ascii: "#") {
            throw .malformed("the request target has a byte that must be percent-encoded")
        }
        guard !range.isEmpty else { throw .malformed("the request target is empty") }
        if bytes[range.lowerBound] == Octet.slash { return origin(bytes, range) }
        if range.count == 1, bytes[range.lowerBound] == UInt8(ascii: "*") {
            return RequestTarget(form: .asterisk, path: Slice(range))
        }
        return try absolute(bytes, range)
    }

    private static func origin(_ bytes: Span<UInt8>, _ range: Range<Int>) -> RequestTarget {
        for index in range where bytes[index] == UInt8(ascii: "?") {
            return RequestTarget(path: Slice(range.lowerBound..<index), query: Slice(index + 1..<range.upperBound))
        }
        return RequestTarget(path: Slice(range))
    }

    private static func absolute(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(RequestRefusal) -> RequestTarget {
        let start = range.lowerBound
        let authorityStart: Int
        if range.count > 7, bytes.matches(start..<start + 7, "http://") {
            authorityStart = start + 7
        } else if range.count > 8, bytes.matches(start..<start + 8, "https://") {
            authorityStart = start + 8
        } else {
            throw .malformed("the request target is neither a path, nor an http URI, nor *")
        }
        var end = authorityStart
        while end < range.upperBound, bytes[end] != Octet.slash, bytes[end] != UInt8(ascii: "?") { end += 1 }
        // RFC 9110 §4.2.1: an http URI with an empty host is invalid.
        guard end > authorityStart, Authority.isValid(bytes, authorityStart..<end) else {
            throw .malformed("the request target has no valid authority")
        }
        var target = origin(bytes, end..<range.upperBound)
        target.form = .absolute
        target.authority = Slice(authorityStart..<end)
        return target
    }
}
