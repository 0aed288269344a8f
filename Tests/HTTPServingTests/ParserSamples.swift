/// Bytes that make requests, with what they come to.
enum ParserSamples {
    struct Accepted: Sendable, CustomStringConvertible {
        let name: String
        let bytes: String
        /// One line for each step: `METHOD path?query [body]`, or `100?` where the client waits for 100.
        let steps: [String]
        var description: String { name }
    }

    struct Refused: Sendable, CustomStringConvertible {
        let name: String
        let bytes: String
        let status: Int
        var description: String { name }

        init(_ name: String, _ bytes: String, _ status: Int = 400) {
            self.name = name
            self.bytes = bytes
            self.status = status
        }
    }

    private static func accepted(_ name: String, _ bytes: String, _ steps: String...) -> Accepted {
        Accepted(name: name, bytes: bytes, steps: steps)
    }

    static let accepted: [Accepted] = [
        accepted("a plain GET", "GET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / []"),
        accepted(
            "two pipelined requests",
            "GET /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b?c=1 HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /a []",
            "GET /b?c=1 []"
        ),
        accepted("one empty line before the request line", "\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", "GET / []"),
        accepted(
            "an empty line after a body",
            "POST /p HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST /p [hi]",
            "GET / []"
        ),
        accepted("HTTP/1.0 without Host", "GET /old HTTP/1.0\r\n\r\n", "GET /old []"),
        accepted("a later minor version", "GET / HTTP/1.7\r\nHost: x\r\n\r\n", "GET / []"),
        accepted("an absolute target", "GET http://h:81/p?q HTTP/1.1\r\nHost: other\r\n\r\n", "GET h:81 /p?q []"),
        accepted("an absolute target without a path", "GET HTTP://h HTTP/1.1\r\nHost: h\r\n\r\n", "GET h / []"),
        accepted(
            "an absolute target with a query only",
            "GET https://h?q=1 HTTP/1.1\r\nHost: h\r\n\r\n",
            "GET h /?q=1 []"
        ),
        accepted("the server as a whole", "OPTIONS * HTTP/1.1\r\nHost: x\r\n\r\n", "OPTIONS * []"),
        accepted("a method of one's own", "FR0B!x /y HTTP/1.1\r\nHost: x\r\n\r\n", "FR0B!x /y []"),
        accepted("a Host with an IPv6 address", "GET / HTTP/1.1\r\nHost: [::1]:8080\r\n\r\n", "GET / []"),
        accepted("an empty Host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", "GET / []"),
        accepted("blanks around a value", "GET / HTTP/1.1\r\nhOsT: \t x \t\r\nX:\r\n\r\n", "GET / []"),
        accepted("octets above ASCII in a value", "GET / HTTP/1.1\r\nHost: x\r\nX: ä\r\n\r\n", "GET / []"),
        accepted("a body of no bytes", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n", "POST / []"),
        accepted(
            "a length with zeros before it",
            "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 003\r\n\r\nabc",
            "POST / [abc]"
        ),
        accepted(
            "a body and the next request",
            "PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhelloGET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "PUT /a [hello]",
            "GET / []"
        ),
        accepted(
            "chunks",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n00a\r\n, world!!!\r\n0\r\n\r\n",
            "POST / [hello, world!!!]"
        ),
        accepted(
            "chunks with extensions and trailers",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: CHUNKED\r\n\r\n2;a\r\nhi\r\n1 ; b = c;d=\"e\\\"\t\"\r\n!\r\n0;z\r\nX-Sum: 1\r\nContent-Length: 9\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n",
            "POST / [hi!]",
            "GET / []"
        ),
        accepted(
            "an empty element among the codings",
            "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: , chunked ,\r\n\r\n0\r\n\r\n",
            "POST / []"
        ),
        accepted(
            "waiting for 100",
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-Continue\r\nContent-Length: 2\r\n\r\nok",
            "100?",
            "POST / [ok]"
        ),
        accepted(
            "nothing to wait for",
            "POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
            "POST / []"
        ),
        accepted(
            "an expectation in HTTP/1.0",
            "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n.",
            "POST / [.]"
        ),
        accepted(
            "marks that browsers send raw",
            "GET /a|b?c={d}[e]^`\\ HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /a|b?c={d}[e]^`\\ []"
        ),
    ]

    private static func head(_ lines: String) -> String { "POST / HTTP/1.1\r\nHost: x\r\n\(lines)\r\n\r\n" }
    private static func chunked(_ body: String) -> String { head("Transfer-Encoding: chunked") + body }

    static let refusedLines: [Refused] = [
        Refused("two empty lines before the request line", "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("a request line that ends in LF", "GET / HTTP/1.1\nHost: x\r\n\r\n"),
        Refused("a CR inside the request line", "GET /\r HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("HTTP/0.9", "GET /\r\n\r\n"),
        Refused("two spaces", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("a tab for a space", "GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("a blank after the version", "GET / HTTP/1.1 \r\nHost: x\r\n\r\n"),
        Refused("a blank before the method", " GET / HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("no method", " / HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("a method that is no token", "G(T / HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("a target of letters", "GET a HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("a target of another scheme", "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n"),
        Refused("an absolute target without a host", "GET http:///p HTTP/1.1\r\nHost: h\r\n\r\n"),
        Refused("an absolute target with a user", "GET http://me@h/ HTTP/1.1\r\nHost: h\r\n\r\n"),
        Refused("a target with a fragment", "GET /a#b HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("a target with NUL", "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("a target beyond ASCII", "GET /ä HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("* with another method", "GET * HTTP/1.1\r\nHost: x\r\n\r\n"),
        Refused("CONNECT", "CONNECT h:443 HTTP/1.1\r\nHost: h:443\r\n\r\n", 501),
        Refused("a version in lower case", "GET / http/1.1\r\nHost: x\r\n\r\n"),
        Refused("a version with a word behind", "GET / HTTP/1.1x\r\nHost: x\r\n\r\n"),
        Refused("a version without a dot", "GET / HTTP/11\r\nHost: x\r\n\r\n"),
        Refused("HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        Refused("HTTP/0.9 by name", "GET / HTTP/0.9\r\nHost: x\r\n\r\n", 505),
        Refused("a TLS greeting", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\0\u{1}\n"),
    ]

    static let refusedFields: [Refused] = [
        Refused("no Host", "GET / HTTP/1.1\r\n\r\n"),
        Refused("two Hosts", "GET / HTTP/1.1\r\nHost: x\r\nHost: x\r\n\r\n"),
        Refused("two Hosts in HTTP/1.0", "GET / HTTP/1.0\r\nHost: x\r\nHost: y\r\n\r\n"),
        Refused("a Host with a path", "GET / HTTP/1.1\r\nHost: x/y\r\n\r\n"),
        Refused("a Host with a user", "GET / HTTP/1.1\r\nHost: me@x\r\n\r\n"),
        Refused("a Host with a blank", "GET / HTTP/1.1\r\nHost: x y\r\n\r\n"),
        Refused("two Hosts in a list", "GET / HTTP/1.1\r\nHost: x, y:\r\n\r\n"),
        Refused("a Host with a bad port", "GET / HTTP/1.1\r\nHost: x:8a\r\n\r\n"),
        Refused("a Host with a port beyond 65535", "GET / HTTP/1.1\r\nHost: x:65536\r\n\r\n"),
        Refused("a Host of a port alone", "GET / HTTP/1.1\r\nHost: :80\r\n\r\n"),
        Refused("a folded line", head("A: b\r\n c")),
        Refused("a fold before the first field", "GET / HTTP/1.1\r\n Host: x\r\n\r\n"),
        Refused("a blank before the colon", head("A : b")),
        Refused("a tab before the colon", head("Transfer-Encoding\t: chunked")),
        Refused("a line without a colon", head("A")),
        Refused("an empty name", head(": b")),
        Refused("a name that is no token", head("A(b): c")),
        Refused("a field line that ends in LF", head("A: b\nC: d")),
        Refused("a head that ends in LF", "GET / HTTP/1.1\r\nHost: x\r\n\n"),
        Refused("a CR inside a value", head("A: b\rc")),
        Refused("a CR before the line's end", head("A: b\r")),
        Refused("NUL in a value", head("A: b\0c")),
        Refused("NUL in a name", head("A\0: b")),
        Refused("a control in a value", head("A: \u{1}")),
        Refused("DEL in a value", head("A: \u{7F}")),
        Refused("another expectation", head("Expect: pony"), 417),
    ]

    static let refusedFraming: [Refused] = [
        Refused("both length and coding", head("Content-Length: 3\r\nTransfer-Encoding: chunked") + "abc"),
        Refused("both coding and length", head("Transfer-Encoding: chunked\r\nContent-Length: 3") + "abc"),
        Refused("two equal lengths", head("Content-Length: 3\r\nContent-Length: 3") + "abc"),
        Refused("two lengths", head("Content-Length: 3\r\ncontent-length: 4") + "abcd"),
        Refused("a list of lengths", head("Content-Length: 3, 3") + "abc"),
        Refused("a length with a sign", head("Content-Length: +3") + "abc"),
        Refused("a negative length", head("Content-Length: -1")),
        Refused("a hexadecimal length", head("Content-Length: 0x3") + "abc"),
        Refused("a length with a blank inside", head("Content-Length: 1 2")),
        Refused("an empty length", head("Content-Length:")),
        Refused("a length beyond the limit", head("Content-Length: 101"), 413),
        Refused("a length beyond 64 bits", head("Content-Length: 99999999999999999999999"), 413),
        Refused("a length beyond 64 bits with a letter", head("Content-Length: 99999999999999999999999x")),
        Refused("an unknown coding", head("Transfer-Encoding: gzip, chunked"), 501),
        Refused("an unknown coding last", head("Transfer-Encoding: gzip")),
        Refused("chunked not last", head("Transfer-Encoding: chunked, gzip")),
        Refused("chunked twice", head("Transfer-Encoding: chunked, chunked")),
        Refused("chunked in two lines", head("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")),
        Refused("something like chunked", head("Transfer-Encoding: xchunked")),
        Refused("chunked with a parameter", head("Transfer-Encoding: chunked;q=1")),
        Refused("chunked with a control", head("Transfer-Encoding: \u{B}chunked")),
        Refused("chunked in quotes", head("Transfer-Encoding: \"chunked\"")),
        Refused("an empty coding", head("Transfer-Encoding:")),
        Refused("identity", head("Transfer-Encoding: identity")),
        Refused("a coding in HTTP/1.0", "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    ]

    static let refusedChunks: [Refused] = [
        Refused("no size", chunked("\r\n")),
        Refused("a size with a prefix", chunked("0x3\r\nabc\r\n0\r\n\r\n")),
        Refused("a size with a sign", chunked("+3\r\nabc\r\n0\r\n\r\n")),
        Refused("a negative size", chunked("-3\r\nabc\r\n0\r\n\r\n")),
        Refused("a blank before the size", chunked(" 3\r\nabc\r\n0\r\n\r\n")),
        Refused("a blank after the size", chunked("3 \r\nabc\r\n0\r\n\r\n")),
        Refused("a size with an underscore", chunked("0_3\r\nabc\r\n0\r\n\r\n")),
        Refused("a size that ends in LF", chunked("3\nabc\r\n0\r\n\r\n")),
        Refused("a CR inside an extension", chunked("3;a\rb\r\nabc\r\n0\r\n\r\n")),
        Refused("an LF inside an extension", chunked("3;a\nb\r\nabc\r\n0\r\n\r\n")),
        Refused("an extension without a name", chunked("3;\r\nabc\r\n0\r\n\r\n")),
        Refused("an extension whose string does not end", chunked("3;a=\"b\r\nabc\r\n0\r\n\r\n")),
        Refused("a chunk longer than its size", chunked("3\r\nabcd\r\n0\r\n\r\n")),
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
        Refused("a trailer with a blank before its colon", chunked("0\r\nA : b\r\n\r\n")),
        Refused("a folded trailer", chunked("0\r\nA: b\r\n c\r\n\r\n")),
        Refused("a trailer that ends in LF", chunked("0\r\nA: b\n\r\n")),
        Refused("an end that ends in LF", chunked("0\r\n\n")),
        Refused("trailers beyond the limit", chunked("0\r\n" + String(repeating: "A: b\r\n", count: 11) + "\r\n"), 431),
        Refused("extensions beyond the limit", chunked("1;" + String(repeating: "a", count: 500) + "\r\n"), 431),
    ]

    static let refusedSizes: [Refused] = [
        Refused(
            "a long request line",
            "GET /" + String(repeating: "a", count: 100) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            414
        ),
        Refused("a long request line without an end", "GET /" + String(repeating: "a", count: 300), 414),
        Refused("many fields", head((0..<10).map { "A\($0): b" }.joined(separator: "\r\n")), 431),
        Refused("a long field", head("A: " + String(repeating: "b", count: 400)), 431),
        Refused("a long field without an end", "GET / HTTP/1.1\r\nA: " + String(repeating: "b", count: 500), 431),
        Refused(
            "long fields together",
            head((0..<4).map { "A\($0): " + String(repeating: "b", count: 100) }.joined(separator: "\r\n")),
            431
        ),
    ]

    static let refused = refusedLines + refusedFields + refusedFraming + refusedChunks + refusedSizes
}
