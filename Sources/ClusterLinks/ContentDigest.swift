import Digests

/// SHA-256 of bytes: the same after a restart, and told apart for good by anyone's content.
package struct ContentDigest: Sendable, Hashable {
    /// 32 bytes.
    package let bytes: [UInt8]

    package init(of content: some Sequence<UInt8>) {
        bytes = SHA256.digest(of: Array(content))
    }

    /// Takes back bytes that were stored; nil unless there are 32.
    package init?(stored bytes: [UInt8]) {
        guard bytes.count == SHA256.byteCount else { return nil }
        self.bytes = bytes
    }
}
