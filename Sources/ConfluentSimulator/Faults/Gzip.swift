import CZlib

/// One gzip member around a body (RFC 1952).
enum Gzip {
    /// - Throws: `compression` with zlib's code.
    static func compress(_ bytes: [UInt8]) throws(SimulatorError) -> [UInt8] {
        var stream = z_stream()
        // 15 window bits, and 16 more ask for the gzip wrapper (zlib.h, deflateInit2).
        let opened = deflateInit2_(
            &stream,
            Z_DEFAULT_COMPRESSION,
            Z_DEFLATED,
            15 + 16,
            8,
            Z_DEFAULT_STRATEGY,
            ZLIB_VERSION,
            Int32(MemoryLayout<z_stream>.size)
        )
        guard opened == Z_OK else { throw .compression(code: opened) }
        defer { deflateEnd(&stream) }
        var input = bytes
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(bytes.count))))
        let capacity = output.count
        let finished = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                stream.next_in = input.baseAddress
                stream.avail_in = uInt(input.count)
                stream.next_out = output.baseAddress
                stream.avail_out = uInt(capacity)
                return deflate(&stream, Z_FINISH)
            }
        }
        guard finished == Z_STREAM_END else { throw .compression(code: finished) }
        return Array(output.prefix(Int(stream.total_out)))
    }
}
