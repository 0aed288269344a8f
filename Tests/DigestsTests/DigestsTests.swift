import Digests
import Testing

struct DigestsTests {
    /// The examples of FIPS 180-4 and the empty message.
    @Test(
        arguments: [
            ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
            (
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
            ),
        ]
    )
    func sha256IsThatOfTheStandard(content: String, digest: String) {
        #expect(SHA256.digest(of: Array(content.utf8)).hexadecimal == digest)
    }

    /// The second and sixth cases of RFC 4231: a short key, and one that is longer than a block.
    @Test(
        arguments: [
            (
                Array("Jefe".utf8), "what do ya want for nothing?",
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                [UInt8](repeating: 0xAA, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
                "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
            ),
        ]
    )
    func hmacIsThatOfTheStandard(key: [UInt8], message: String, code: String) {
        #expect(HMACSHA256.code(of: Array(message.utf8), key: key).hexadecimal == code)
    }
}
