/// What the fields that govern the connection and the body's length say together (RFC 9112 §6, §9; RFC 9110 §7.2, §10.1.1).
struct FramingFields: Sendable {
    private var hosts = 0
    private var length: Int?
    private var isLengthTooLarge = false
    private var hasTransferEncoding = false
    private var chunkedCount = 0
    private var isChunkedLast = false
    private var hasUnknownCoding = false
    private var asksToClose = false
    private var asksToKeep = false
    private var expectsContinue = false
    private var hasUnknownExpectation = false

    mutating func take(_ line: RequestHead.Line, of bytes: Span<UInt8>) throws(RequestRefusal) {
        let name = line.name.range
        let value = line.value.range
        switch name.count {
        case 4 where bytes.matches(name, "host"):
            // RFC 9112 §3.2: several lines, or an invalid value, get 400 whatever the version.
            guard hosts == 0 else { throw .malformed("more than one Host field") }
            guard Authority.isValid(bytes, value) else { throw .malformed("the Host field is no host") }
            hosts += 1
        case 6 where bytes.matches(name, "expect"):
            if bytes.matches(value, "100-continue") {
                expectsContinue = true
            } else {
                hasUnknownExpectation = true
            }
        case 10 where bytes.matches(name, "connection"):
            bytes.forEachElement(of: value) { option in
                if bytes.matches(option, "close") { asksToClose = true }
                if bytes.matches(option, "keep-alive") { asksToKeep = true }
            }
        case 14 where bytes.matches(name, "content-length"):
            try takeLength(bytes, value)
        case 17 where bytes.matches(name, "transfer-encoding"):
            hasTransferEncoding = true
            bytes.forEachElement(of: value) { coding in
                isChunkedLast = bytes.matches(coding, "chunked")
                if isChunkedLast { chunkedCount += 1 } else { hasUnknownCoding = true }
            }
        default: break
        }
    }

    /// RFC 9110 §8.6 allows a list of equal lengths to be taken for one; it is refused here, as is everything but digits.
    private mutating func takeLength(_ bytes: Span<UInt8>, _ value: Range<Int>) throws(RequestRefusal) {
        guard length == nil else { throw .malformed("more than one Content-Length field") }
        guard !value.isEmpty else { throw .malformed("the Content-Length is empty") }
        var total = 0
        for index in value {
            guard Octet.isDigit(bytes[index]) else { throw .malformed("the Content-Length is no decimal number") }
            let (product, overflow) = total.multipliedReportingOverflow(by: 10)
            let (sum, carry) = product.addingReportingOverflow(Int(bytes[index] - 0x30))
            if overflow || carry { isLengthTooLarge = true }
            total = sum
        }
        length = isLengthTooLarge ? Int.max : total
    }

    /// Judges the whole, once the head's last line was taken.
    func finish(_ head: inout RequestHead) throws(RequestRefusal) {
        let isHTTP11 = head.minorVersion == 1
        // RFC 9112 §3.2.
        if isHTTP11, hosts == 0 { throw .malformed("the Host field is missing") }
        head.framing = try framing(isHTTP11: isHTTP11)
        // §9.3: close wins over keep-alive, and HTTP/1.0 lasts only when asked to.
        head.keepsAlive = !asksToClose && (isHTTP11 || asksToKeep)
        // RFC 9110 §10.1.1: an expectation in HTTP/1.0 is ignored.
        guard isHTTP11 else { return }
        if hasUnknownExpectation { throw .unknownExpectation }
        head.expectsContinue = expectsContinue && head.framing != .none && head.framing != .length(0)
    }

    /// RFC 9112 §6.3.
    private func framing(isHTTP11: Bool) throws(RequestRefusal) -> RequestHead.Framing {
        guard hasTransferEncoding else { return length.map { .length($0) } ?? .none }
        // §6.1: a sender of both "might indicate an attempt to perform request smuggling".
        guard length == nil else { throw .malformed("both Content-Length and Transfer-Encoding") }
        // §6.1: in an HTTP/1.0 message its framing is faulty.
        guard isHTTP11 else { throw .malformed("Transfer-Encoding in an HTTP/1.0 request") }
        // §6.3 rule 4: without chunked as the last coding the length cannot be known.
        guard isChunkedLast else { throw .malformed("chunked is not the last transfer coding") }
        // §7.1: chunked is not applied twice.
        guard chunkedCount == 1 else { throw .malformed("the transfer coding chunked is given twice") }
        guard !hasUnknownCoding else { throw .unknownTransferCoding }
        return .chunked
    }
}
