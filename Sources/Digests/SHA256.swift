import CCrypto

/// The hash function of FIPS 180-4, as OpenSSL has it.
package enum SHA256 {
    package static let byteCount = 32

    /// The 32 bytes of a content's digest.
    package static func digest(of content: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: byteCount) { digest, count in
            let status = EVP_Digest(content, content.count, digest.baseAddress, nil, algorithm.pointer, nil)
            // Only memory can be lacking, and then nothing goes on.
            precondition(status == 1, "OpenSSL cannot hash \(content.count) bytes")
            count = byteCount
        }
    }

    static let algorithm = Algorithm(named: "SHA256")
}

/// An algorithm of OpenSSL's, fetched once: looking it up takes longer than hashing a link
/// (<https://docs.openssl.org/3.0/man7/crypto/#performance>).
// Unchecked: it is never changed, and what is fetched may be used by any thread.
struct Algorithm: @unchecked Sendable {
    let pointer: OpaquePointer

    init(named name: String) {
        guard let pointer = EVP_MD_fetch(nil, name, nil) else { preconditionFailure("OpenSSL lacks \(name)") }
        self.pointer = pointer
    }
}
