import Testing

@testable import KafkaREST

struct MessageTests {
    @Test(arguments: [
        (#"{"error_code":500,"message":"it broke"}"#, "it broke"), (#"{"message":"it broke"}"#, "it broke"),
        (#"{"errors":[{"status":"500","title":"t","detail":"d"}]}"#, "d"), (#"{"errors":[{"title":"t"}]}"#, "t"),
        (#"{"error":"invalid_token","error_description":"expired"}"#, "expired"), (#"{"error":"invalid"}"#, "invalid"),
        (#"{"error_code":500,"message":null}"#, #"{"error_code":500,"message":null}"#),
        (#"{"message":" \n\t "}"#, #"{"message":" \n\t "}"#), ("", "HTTP status 500 without a message"),
        (" \r\n ", "HTTP status 500 without a message"), ("plain words\nin two lines", "plain words in two lines"),
        ("\u{FEFF}<html><title>a\n b</title>", "a b"),
        ("<title>Fish &amp;amp; &lt;b&gt; &#39;x&#39;</title>", "Fish &amp; <b> 'x'"),
        (
            "<html><head><TITLE lang=en>Error 401 Unauthorized</TITLE></head><body><h2>x</h2></body></html>",
            "Error 401 Unauthorized"
        ),
        (
            "<html><head><title> </title><style>p{}</style></head><body><script>x<y</script><p>Bad <b>gateway</b></p></body>",
            "Bad gateway"
        ),
        ("<!DOCTYPE html><!-- <title>no</title> --><table><tr><td>a</td><td>b</td></tr></table>", "a b"),
        ("<", "<"), ("<html", "<html"), ("<title>never closed", "never closed"),
        ("<!-- never closed", "<!-- never closed"),
        (#"{"message":"red \#u{1B}[31m"}"#, #"{"message":"red [31m"}"#),
        (#"{"message":"a\u0000b\u001b[2Jc\u202Ed\u200be\u2028f\u0085g"}"#, "a b [2Jcde f g"),
    ])
    func aMessageIsOneCleanLine(body: String, message: String) async throws {
        let failure = try await Fixture.failure(.body(body, status: 500))
        #expect(failure.message == message)
    }

    @Test func aHugeMessageIsCut() async throws {
        for text in ["x", "ü", "a\u{301}\u{302}", "a b "] {
            let body = #"{"error_code":500,"message":"\#(String(repeating: text, count: 50_000))"}"#
            let failure = try await Fixture.failure(.body(body, status: 500))
            #expect(failure.message.unicodeScalars.count <= PlainLine.limit && failure.message.hasSuffix("…"))
            #expect(failure.errorCode == 500)
        }
    }

    @Test(arguments: [
        String(repeating: "[", count: 300_000), String(repeating: "<p>", count: 300_000),
        String(repeating: "<!--", count: 300_000),
        #"{"message":"# + String(repeating: "[", count: 300_000), String(repeating: " ", count: 300_000),
        #"{"pad":""# + String(repeating: "y", count: 2_000_000) + #"","message":"x"}"#,
    ])
    func anAbsurdErrorBodyIsStillAnErrorOfItsStatus(body: String) async throws {
        let failure = try await Fixture.failure(.body(body, status: 502))
        #expect(failure.reason == .server && failure.message.unicodeScalars.count <= PlainLine.limit)
    }

    @Test func bytesThatAreNoTextAreRepaired() async throws {
        let failure = try await Fixture.failure(.bytes([0x68, 0xFF, 0x69], status: 500))
        #expect(failure.message == "h\u{FFFD}i")
    }
}
