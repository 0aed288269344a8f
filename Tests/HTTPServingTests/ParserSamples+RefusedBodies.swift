extension ParserSamples {
    static let refusedFraming: [Refused] = [
        // RFC 9112 §6.1, §6.3: two ways to tell where the body ends.
        Refused("both length and coding", head("Content-Length: 3\r\nTransfer-Encoding: chunked") + "abc"),
        Refused("both coding and length", head("Transfer-Encoding: chunked\r\nContent-Length: 3") + "abc"),
        Refused(
            "both coding and a length of none",
            head("Content-Length: 0\r\nTransfer-Encoding: chunked") + "0\r\n\r\n"
        ),
        Refused("both unknown coding and length", head("Transfer-Encoding: gzip\r\nContent-Length: 3") + "abc"),
        Refused(
            "both in HTTP/1.0",
            "POST / HTTP/1.0\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        ),
        // RFC 9110 §8.6: one length, of digits only.
        Refused("two equal lengths", head("Content-Length: 3\r\nContent-Length: 3") + "abc"),
        Refused("two lengths", head("Content-Length: 3\r\ncontent-length: 4") + "abcd"),
        Refused("a list of lengths", head("Content-Length: 3, 3") + "abc"),
        Refused("a list of lengths without a blank", head("Content-Length: 3,3") + "abc"),
        Refused("a list of different lengths", head("Content-Length: 3, 4") + "abcd"),
        Refused("a list of one length", head("Content-Length: 3,") + "abc"),
        Refused("two empty lengths", head("Content-Length:\r\nContent-Length:")),
        Refused("a length with a sign", head("Content-Length: +3") + "abc"),
        Refused("a negative length", head("Content-Length: -1")),
        Refused("a hexadecimal length", head("Content-Length: 0x3") + "abc"),
        Refused("a length with a blank inside", head("Content-Length: 1 2")),
        Refused("a length with blanks around and inside", head("Content-Length:  5 5 ")),
        Refused("a length with a tab inside", head("Content-Length: 1\t2")),
        Refused("a negative length of none", head("Content-Length: -0")),
        Refused("a length with a fraction", head("Content-Length: 3.0") + "abc"),
        Refused("a length with an exponent", head("Content-Length: 3e0") + "abc"),
        Refused("a length with an underscore", head("Content-Length: 0_3") + "abc"),
        Refused("a length with a parameter", head("Content-Length: 3;a=b") + "abc"),
        Refused("a length in quotes", head("Content-Length: \"3\"") + "abc"),
        Refused("a length in other digits", head("Content-Length: \u{663}") + "abc"),
        Refused("a length in words", head("Content-Length: three") + "abc"),
        Refused("a length with NUL", head("Content-Length: 3\0") + "abc"),
        Refused("a length with a vertical tab before it", head("Content-Length: \u{B}3") + "abc"),
        Refused("an empty length", head("Content-Length:")),
        Refused("a length beyond the limit", head("Content-Length: 101"), 413),
        Refused("a length beyond 64 bits", head("Content-Length: 99999999999999999999999"), 413),
        Refused("a length that wraps to 3", head("Content-Length: 18446744073709551619") + "abc", 413),
        Refused("a length that wraps to a negative one", head("Content-Length: 9223372036854775808"), 413),
        Refused("a length beyond 64 bits with a letter", head("Content-Length: 99999999999999999999999x")),
        // RFC 9112 §6.1, §6.3, §7: chunked, once and last, and no other coding.
        Refused("an unknown coding", head("Transfer-Encoding: gzip, chunked"), 501),
        Refused("an unknown coding last", head("Transfer-Encoding: gzip")),
        Refused("chunked not last", head("Transfer-Encoding: chunked, gzip")),
        Refused("chunked twice", head("Transfer-Encoding: chunked, chunked")),
        Refused("chunked in two lines", head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")),
        Refused("chunked and another in two lines", head("Transfer-Encoding: chunked\r\nTransfer-Encoding: identity")),
        Refused("another and chunked in two lines", head("Transfer-Encoding: x\r\nTransfer-Encoding: chunked"), 501),
        Refused("identity before chunked", head("Transfer-Encoding: identity, chunked"), 501),
        Refused("something like chunked", head("Transfer-Encoding: xchunked")),
        Refused("something longer than chunked", head("Transfer-Encoding: chunkedx")),
        Refused("chunked with a blank inside", head("Transfer-Encoding: chun ked")),
        Refused("chunked beyond ASCII", head("Transfer-Encoding: chun\u{212A}ed")),
        Refused("chunked with a parameter", head("Transfer-Encoding: chunked;q=1")),
        Refused("chunked with a control", head("Transfer-Encoding: \u{B}chunked")),
        Refused("chunked in quotes", head("Transfer-Encoding: \"chunked\"")),
        Refused("an empty coding", head("Transfer-Encoding:")),
        Refused("identity", head("Transfer-Encoding: identity")),
        Refused("a coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ]

    static let refusedChunks: [Refused] = [
        // RFC 9112 §7.1: sizes are hexadecimal digits and nothing else.
        Refused("no size", chunked("\r\n")),
        Refused("a size with a prefix", chunked("0x3\r\nabc\r\n0\r\n\r\n")),
        Refused("a size with a sign", chunked("+3\r\nabc\r\n0\r\n\r\n")),
        Refused("a negative size", chunked("-3\r\nabc\r\n0\r\n\r\n")),
        Refused("a blank before the size", chunked(" 3\r\nabc\r\n0\r\n\r\n")),
        Refused("a blank after the size", chunked("3 \r\nabc\r\n0\r\n\r\n")),
        Refused("a size with an underscore", chunked("0_3\r\nabc\r\n0\r\n\r\n")),
        Refused("a tab before the size", chunked("\t3\r\nabc\r\n0\r\n\r\n")),
        Refused("a tab after the size", chunked("3\t\r\nabc\r\n0\r\n\r\n")),
        Refused("a size with a blank inside", chunked("0 3\r\nabc\r\n0\r\n\r\n")),
        Refused("a size with a letter beyond F", chunked("3g\r\nabc\r\n0\r\n\r\n")),
        Refused("a size with an h", chunked("3h\r\nabc\r\n0\r\n\r\n")),
        Refused("a size with a fraction", chunked("3.0\r\nabc\r\n0\r\n\r\n")),
        Refused("a size with NUL", chunked("3\0\r\nabc\r\n0\r\n\r\n")),
        Refused("a size in other digits", chunked("\u{663}\r\nabc\r\n0\r\n\r\n")),
        Refused("a negative size of none", chunked("-0\r\n\r\n")),
        Refused("an empty line before the size", chunked("\r\n3\r\nabc\r\n0\r\n\r\n")),
        Refused("an empty line between chunks", chunked("3\r\nabc\r\n\r\n0\r\n\r\n")),
        // §2.2, §7.1: line ends.
        Refused("a size that ends in LF", chunked("3\nabc\r\n0\r\n\r\n")),
        Refused("a size that ends in CR", chunked("3\rabc\r\n0\r\n\r\n")),
        Refused("a size that ends in two CRs and LF", chunked("3\r\r\nabc\r\n0\r\n\r\n")),
        // §7.1.1: extensions.
        Refused("a CR inside an extension", chunked("3;a\rb\r\nabc\r\n0\r\n\r\n")),
        Refused("an LF inside an extension", chunked("3;a\nb\r\nabc\r\n0\r\n\r\n")),
        Refused("an extension without a name", chunked("3;\r\nabc\r\n0\r\n\r\n")),
        Refused("an extension with a value alone", chunked("3;=b\r\nabc\r\n0\r\n\r\n")),
        Refused("an extension without a value", chunked("3;a=\r\nabc\r\n0\r\n\r\n")),
        Refused("an extension of two words", chunked("3;a b\r\nabc\r\n0\r\n\r\n")),
        Refused("an extension with more behind its string", chunked("3;a=\"b\"c\r\nabc\r\n0\r\n\r\n")),
        Refused("an extension with NUL", chunked("3;a=\"\0\"\r\nabc\r\n0\r\n\r\n")),
        Refused("an extension after a comma", chunked("3,a\r\nabc\r\n0\r\n\r\n")),
        Refused("an extension whose string does not end", chunked("3;a=\"b\r\nabc\r\n0\r\n\r\n")),
        // §7.1: data and the CRLF behind it.
        Refused("a chunk longer than its size", chunked("3\r\nabcd\r\n0\r\n\r\n")),
        Refused("a chunk shorter than its size", chunked("5\r\nabc\r\n0\r\n\r\n")),
        Refused("a chunk without a CRLF behind it", chunked("3\r\nabc0\r\n\r\n")),
        Refused("a chunk that ends in LF", chunked("3\r\nabc\n0\r\n\r\n")),
        Refused("a chunk that ends in CR alone", chunked("3\r\nabc\r0\r\n\r\n")),
        Refused("a size beyond the limit", chunked("65\r\n"), 413),
        Refused(
            "sizes beyond the limit together",
            chunked("60\r\n" + String(repeating: "a", count: 96) + "\r\n5\r\n"),
            413
        ),
        Refused("a size beyond 64 bits", chunked("FFFFFFFFFFFFFFFFF\r\n"), 413),
        Refused("a size that wraps to 3", chunked("100000000000000000000003\r\nabc\r\n0\r\n\r\n"), 413),
        // §7.1.2: trailers are fields.
        Refused("a trailer with a blank before its colon", chunked("0\r\nA : b\r\n\r\n")),
        Refused("a folded trailer", chunked("0\r\nA: b\r\n c\r\n\r\n")),
        Refused("a trailer with NUL", chunked("0\r\nA: b\0\r\n\r\n")),
        Refused("a trailer with a CR inside", chunked("0\r\nA: b\rc\r\n\r\n")),
        Refused("a request in the place of trailers", chunked("0\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n")),
        Refused("a trailer that ends in LF", chunked("0\r\nA: b\n\r\n")),
        Refused("an end that ends in LF", chunked("0\r\n\n")),
        Refused("trailers beyond the limit", chunked("0\r\n" + String(repeating: "A: b\r\n", count: 11) + "\r\n"), 431),
        Refused("extensions beyond the limit", chunked("1;" + String(repeating: "a", count: 500) + "\r\n"), 431),
    ]

    /// RFC 9112 §3, RFC 6585 §5: beyond the limits of the tests.
    static let refusedSizes: [Refused] = [
        Refused(
            "a long request line",
            "GET /" + String(repeating: "a", count: 100) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            414
        ),
        Refused("a long request line without an end", "GET /" + String(repeating: "a", count: 300), 414),
        Refused(
            "a request line one byte too long",
            "GET /" + String(repeating: "a", count: 51) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            414
        ),
        Refused("fields one byte too long", head("A: " + String(repeating: "b", count: 307)), 431),
        Refused(
            "a chunk extension one byte too long",
            chunked("1;" + String(repeating: "a", count: 317) + "\r\n.\r\n0\r\n\r\n"),
            431
        ),
        Refused("many fields", head((0..<10).map { "A\($0): b" }.joined(separator: "\r\n")), 431),
        Refused("a long field", head("A: " + String(repeating: "b", count: 400)), 431),
        Refused("a long field without an end", "GET / HTTP/1.1\r\nA: " + String(repeating: "b", count: 500), 431),
        Refused(
            "long fields together",
            head((0..<4).map { "A\($0): " + String(repeating: "b", count: 100) }.joined(separator: "\r\n")),
            431
        ),
    ]
}
