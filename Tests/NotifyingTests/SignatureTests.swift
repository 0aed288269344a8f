import Testing

@testable import Notifying

struct SignatureTests {
    /// Written down from `printf '1700000000.{"a":1}' | openssl dgst -sha256 -hmac whsec_5f1d`.
    @Test func `it is what OpenSSL makes of time and body`() {
        let now = Duration.milliseconds(1_700_000_000_999)
        let signature = Signature(of: Array(#"{"a":1}"#.utf8), at: now, secret: "whsec_5f1d")
        let code = "f2afe0bf381f83da2e6d90fa04a656b8f8fb807a5e17ada7b6f76f0878f785a4"
        #expect(signature.text == "t=1700000000,v1=\(code)")
    }
}
