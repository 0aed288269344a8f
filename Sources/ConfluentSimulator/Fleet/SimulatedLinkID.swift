import Foundation

/// The identity of a link in both of its spellings: the deprecated `link_id` and the `cluster_link_id` that replaced it.
///
/// Confluent's two ids are one value: `cluster_link_id` is the unpadded base64url (RFC 4648 §5) of the sixteen bytes of
/// the `link_id` UUID, as in every live answer seen.
package struct SimulatedLinkID: Sendable, Hashable {
    private let uuid: UUID

    /// Draws a new identity, a version 4 UUID (RFC 9562 §5.4).
    package init(using generator: inout SeededGenerator) {
        var bytes = withUnsafeBytes(of: (generator.next().bigEndian, generator.next().bigEndian), Array.init)
        bytes[6] = bytes[6] & 0x0F | 0x40
        bytes[8] = bytes[8] & 0x3F | 0x80
        uuid = Self.uuid(of: bytes)
    }

    /// Reads the 22 characters of a `cluster_link_id`; nil for anything that is not sixteen bytes.
    package init?(clusterLinkID: String) {
        guard let bytes = Base64URL.decode(clusterLinkID), bytes.count == 16 else { return nil }
        uuid = Self.uuid(of: bytes)
    }

    /// The `link_id` field: a UUID in lower case.
    package var linkID: String { uuid.uuidString.lowercased() }

    /// The `cluster_link_id` field: 22 base64url characters.
    package var clusterLinkID: String { Base64URL.encode(bytes) }

    /// Sixteen bytes that later choices about this link are drawn from, so that they need not be stored.
    var seed: UInt64 {
        bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
    }

    private var bytes: [UInt8] { withUnsafeBytes(of: uuid.uuid, Array.init) }

    private static func uuid(of bytes: [UInt8]) -> UUID {
        var value: uuid_t = (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
        withUnsafeMutableBytes(of: &value) { $0.copyBytes(from: bytes.prefix(16)) }
        return UUID(uuid: value)
    }
}
