import CZlib

/// zlib's compressor, for one whole input after the other.
final class Deflater {
    /// 15 bits of window, and 16 to ask for gzip's frame instead of zlib's (https://zlib.net/manual.html).
    static let gzipFrame: Int32 = 15 + 16
    /// The same window, and nothing around the blocks.
    static let noFrame: Int32 = -15
    /// zlib's own middle between time and size.
    private static let level: Int32 = 6

    /// zlib's state points back at it, so it must not move.
    private let stream: UnsafeMutablePointer<z_stream>

    /// Nil when zlib has no memory for it.
    init?(windowBits: Int32) {
        stream = .allocate(capacity: 1)
        stream.initialize(to: z_stream())
        let size = Int32(MemoryLayout<z_stream>.size)
        let code = deflateInit2_(
            stream,
            Self.level,
            Z_DEFLATED,
            windowBits,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            size
        )
        guard code == Z_OK else {
            stream.deallocate()
            return nil
        }
    }

    deinit {
        deflateEnd(stream)
        stream.deallocate()
    }

    /// The input compressed by itself, without a look at inputs before it; nil where it is too large for zlib.
    ///
    /// - Parameter flush: `Z_FINISH` for a whole stream, `Z_SYNC_FLUSH` for blocks that others may follow.
    func deflate(_ bytes: [UInt8], flush: Int32) -> [UInt8]? {
        guard deflateReset(stream) == Z_OK, let available = UInt32(exactly: bytes.count) else { return nil }
        // A flush adds an empty block of five bytes, and up to seven bits before it.
        let bound = Int(deflateBound(stream, UInt(bytes.count))) + 6
        var input = bytes
        return input.withUnsafeMutableBufferPointer { input -> [UInt8]? in
            var isWhole = false
            let output = [UInt8](unsafeUninitializedCapacity: bound) { output, count in
                stream.pointee.next_in = input.baseAddress
                stream.pointee.avail_in = available
                stream.pointee.next_out = output.baseAddress
                stream.pointee.avail_out = UInt32(clamping: bound)
                let code = CZlib.deflate(stream, flush)
                isWhole = flush == Z_FINISH ? code == Z_STREAM_END : code == Z_OK && stream.pointee.avail_out > 0
                count = bound - Int(stream.pointee.avail_out)
            }
            return isWhole ? output : nil
        }
    }
}
