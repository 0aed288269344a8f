import HTTPTypes

/// `method SP request-target SP HTTP-version` (RFC 9112 §3).
enum RequestLine {
    static func parse(_ bytes: Span<UInt8>, _ line: Range<Int>, into head: inout RequestHead) throws(RequestRefusal) {
        // §3 lets a lenient server split at any white space; exactly one SP leaves one reading only.
        guard let methodEnd = bytes.firstIndex(of: Octet.space, from: line.lowerBound, to: line.upperBound),
            let targetEnd = bytes.firstIndex(of: Octet.space, from: methodEnd + 1, to: line.upperBound)
        else { throw .malformed("the request line is not a method, a target and a version with single spaces between") }
        head.method = try method(bytes, line.lowerBound..<methodEnd)
        head.minorVersion = try minorVersion(bytes, targetEnd + 1..<line.upperBound)
        // RFC 9110 §9.3.6: CONNECT asks for a tunnel, and what follows its head is no HTTP.
        guard head.method != .connect else { throw .unimplementedMethod }
        head.target = try RequestTarget.parse(bytes, methodEnd + 1..<targetEnd)
        if head.target.form == .asterisk, head.method != .options {
            throw .malformed("the target * goes with OPTIONS only")
        }
    }

    private static func method(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(RequestRefusal) -> HTTPRequest.Method {
        // Methods are case-sensitive (RFC 9110 §9.1).
        if range.count == 3, bytes[range.lowerBound] == UInt8(ascii: "G"),
            bytes[range.lowerBound + 1] == UInt8(ascii: "E"),
            bytes[range.lowerBound + 2] == UInt8(ascii: "T")
        {
            return .get
        }
        for index in range where !Octet.isToken(bytes[index]) {
            throw .malformed("the method has a character that is none of a token's")
        }
        guard let method = HTTPRequest.Method(bytes.text(range)) else { throw .malformed("the method is empty") }
        return method
    }

    private static func minorVersion(_ bytes: Span<UInt8>, _ range: Range<Int>) throws(RequestRefusal) -> UInt8 {
        let start = range.lowerBound
        guard range.count == 8, bytes.isProtocolName(at: start), Octet.isDigit(bytes[start + 5]),
            bytes[start + 6] == UInt8(ascii: "."), Octet.isDigit(bytes[start + 7])
        else { throw .malformed("the request line does not end in an HTTP version") }
        guard bytes[start + 5] == UInt8(ascii: "1") else { throw .unsupportedVersion }
        return min(bytes[start + 7] - 0x30, 1)
    }
}

extension Span<UInt8> {
    /// `HTTP/`, which is case-sensitive (RFC 9112 §2.3).
    fileprivate func isProtocolName(at start: Int) -> Bool {
        self[start] == UInt8(ascii: "H") && self[start + 1] == UInt8(ascii: "T") && self[start + 2] == UInt8(ascii: "T")
            && self[start + 3] == UInt8(ascii: "P") && self[start + 4] == Octet.slash
    }

    func text(_ range: Range<Int>) -> String {
        extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
    }
}
