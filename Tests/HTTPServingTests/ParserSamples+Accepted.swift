extension ParserSamples {
    private static func accepted(_ name: String, _ bytes: String, _ steps: String...) -> Accepted {
        Accepted(name: name, bytes: bytes, steps: steps)
    }

    static let accepted = acceptedForms + acceptedSizes

    static let acceptedForms: [Accepted] = [
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
        accepted("a Host with an empty port", "GET / HTTP/1.1\r\nHost: x:\r\n\r\n", "GET / []"),
        accepted("a Host with an escape", "GET / HTTP/1.1\r\nHost: a%2Db\r\n\r\n", "GET / []"),
        accepted(
            "a field like the ones that frame",
            head("Transfer_Encoding: chunked\r\nContent-Lengths: 3"),
            "POST / []"
        ),
        accepted(
            "a coding with an empty line of its own",
            head("Transfer-Encoding:\r\nTransfer-Encoding: chunked") + "0\r\n\r\n",
            "POST / []"
        ),
        accepted(
            "chunks with line ends inside",
            chunked("4\r\n\r\n\n\r\r\n003;a=\"\"\r\n0\r\n\r\n000\r\n\r\n"),
            "POST / [\r\n\n\r0\r\n]"
        ),
        accepted(
            "waiting for 100 before chunks",
            head("Expect: 100-continue\r\nTransfer-Encoding: chunked") + "1\r\n.\r\n0\r\n\r\n",
            "100?",
            "POST / [.]"
        ),
    ]

    /// To the byte what the limits of the tests allow.
    static let acceptedSizes: [Accepted] = [
        accepted(
            "the longest request line",
            "GET /" + String(repeating: "a", count: 50) + " HTTP/1.1\r\nHost: x\r\n\r\n",
            "GET /" + String(repeating: "a", count: 50) + " []"
        ),
        accepted("the most fields", head((1..<10).map { "A\($0): b" }.joined(separator: "\r\n")), "POST / []"),
        accepted("the longest fields", head("A: " + String(repeating: "b", count: 306)), "POST / []"),
        accepted(
            "the longest body",
            head("Content-Length: 100") + String(repeating: "a", count: 100),
            "POST / [" + String(repeating: "a", count: 100) + "]"
        ),
        accepted(
            "the longest body in chunks",
            chunked("60\r\n" + String(repeating: "a", count: 96) + "\r\n4\r\naaaa\r\n0\r\n\r\n"),
            "POST / [" + String(repeating: "a", count: 100) + "]"
        ),
        accepted(
            "the most trailers",
            chunked("0\r\n" + String(repeating: "A: b\r\n", count: 10) + "\r\n"),
            "POST / []"
        ),
        accepted(
            "the longest chunk extension",
            chunked("1;" + String(repeating: "a", count: 316) + "\r\n.\r\n0\r\n\r\n"),
            "POST / [.]"
        ),
    ]
}
