#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// `field-name ":" OWS field-value OWS` (RFC 9112 §5), in heads and trailers alike.
enum FieldLine {
    static func parse(_ bytes: Span<UInt8>, _ line: Range<Int>) throws(RequestRefusal) -> RequestHead.Line {
        // §5.2: a line that begins with a blank would continue the one before (obs-fold), or, as the first, hide from others
        // what the server sees (§2.2).
        guard !Octet.isBlank(bytes[line.lowerBound]) else {
            throw .malformed("a header line begins with a blank; line folding is obsolete")
        }
        var index = line.lowerBound
        while index < line.upperBound, Octet.isToken(bytes[index]) { index += 1 }
        guard index < line.upperBound, bytes[index] == Octet.colon, index > line.lowerBound else {
            // §5.1: no white space is allowed between the name and the colon.
            throw .malformed("a header field's name is empty, has a blank before its colon, or is no token")
        }
        let name = line.lowerBound..<index
        let value = bytes.trimmed(index + 1..<line.upperBound)
        for index in value where !Octet.isFieldContent(bytes[index]) {
            // RFC 9110 §5.5.
            throw .malformed("a header field's value has a control character")
        }
        return RequestHead.Line(name: Slice(name), value: Slice(value))
    }
}

extension Span<UInt8> {
    /// The first place of a byte in a range, found by the C library many bytes at a time.
    func firstIndex(of octet: UInt8, from start: Int, to end: Int? = nil) -> Int? {
        let end = end ?? count
        guard start < end else { return nil }
        return extracting(start..<end).withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress, let found = memchr(base, Int32(octet), bytes.count) else { return nil }
            return start + (UnsafeRawPointer(found) - base)
        }
    }
}
