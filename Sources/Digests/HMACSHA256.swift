import CCrypto

/// Tells whoever has the key that a message comes from someone else who has it (RFC 2104).
package enum HMACSHA256 {
    /// The 32 bytes of a message's code.
    package static func code(of message: [UInt8], key: [UInt8]) -> [UInt8] {
        [UInt8](unsafeUninitializedCapacity: SHA256.byteCount) { code, count in
            var written: CUnsignedInt = 0
            let made = HMAC(
                SHA256.algorithm.pointer,
                key,
                CInt(key.count),
                message,
                message.count,
                code.baseAddress,
                &written
            )
            precondition(made != nil, "OpenSSL cannot sign \(message.count) bytes")
            count = Int(written)
        }
    }
}
