import CZlib

/// The gzip coding (RFC 1952) by zlib.
enum Gzip {
    /// A part of a body, compressed so that it can stand anywhere in a gzip body.
    struct Piece: Sendable {
        /// Whole blocks (RFC 1951 §3.2.3), none of them the last, that end with a byte and look back at nothing before them.
        let blocks: [UInt8]
        /// CRC-32 of the plain bytes.
        let checksum: UInt
        /// How many plain bytes there are.
        let length: Int
    }

    /// The bytes in gzip's frame; nil when zlib has no memory for it.
    static func compress(_ bytes: [UInt8]) -> [UInt8]? {
        Deflater(windowBits: Deflater.gzipFrame)?.deflate(bytes, flush: Z_FINISH)
    }

    /// The pieces in one gzip frame; those that are not compressed yet are now.
    ///
    /// Nil when zlib has no memory for it.
    static func join(_ pieces: [BodyPiece]) -> [UInt8]? {
        var deflater: Deflater?
        var joined: [UInt8] = header
        var checksum = crc32(0, nil, 0)
        var length = 0
        for piece in pieces {
            let compressed = piece.compressed { bytes in
                // Making one takes a quarter of a megabyte, so it is used for all of them.
                if deflater == nil { deflater = Deflater(windowBits: Deflater.noFrame) }
                return deflater?.deflate(bytes, flush: Z_SYNC_FLUSH).map {
                    Piece(blocks: $0, checksum: Self.checksum(of: bytes), length: bytes.count)
                }
            }
            guard let compressed else { return nil }
            joined += compressed.blocks
            checksum = crc32_combine(checksum, compressed.checksum, compressed.length)
            length += compressed.length
        }
        joined += lastBlock
        for value in [UInt32(truncatingIfNeeded: checksum), UInt32(truncatingIfNeeded: length)] {
            withUnsafeBytes(of: value.littleEndian) { joined += $0 }
        }
        return joined
    }

    private static func checksum(of bytes: [UInt8]) -> UInt {
        bytes.withUnsafeBufferPointer { crc32_z(0, $0.baseAddress, $0.count) }
    }

    /// RFC 1952 §2.3: deflate, no flags, no time, no hint, Unix.
    private static let header: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    /// An empty block of fixed codes, marked as the last (RFC 1951 §3.2.6).
    private static let lastBlock: [UInt8] = [0x03, 0x00]
}
