import CZlib

/// Why bytes could not be unpacked.
package enum GunzipError: Error, Sendable, Equatable {
    /// They do not begin with a gzip member.
    case notGzip
    /// A member contradicts its own checks.
    case corrupt
    /// They end in the middle of a member.
    case truncated
    /// They would unpack to more than this many bytes.
    case tooLarge(limit: Int)
    /// zlib has no memory for its state.
    case outOfMemory
}

extension GunzipError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notGzip: "the bytes are not gzip"
        case .corrupt: "the gzip data is corrupt"
        case .truncated: "the gzip data ends too early"
        case .tooLarge(let limit): "the gzip data unpacks to more than \(limit) bytes"
        case .outOfMemory: "no memory to unpack gzip data"
        }
    }
}

/// Unpacks one or more gzip members (RFC 1952 section 2.2), and never holds more than `limit` bytes of the result.
package func gunzip(_ bytes: [UInt8], limit: Int) throws(GunzipError) -> [UInt8] {
    guard bytes.starts(with: [0x1F, 0x8B]) else { throw .notGzip }
    var stream = z_stream()
    // 15 is the largest window and 16 more mean a gzip wrapper (https://zlib.net/manual.html, inflateInit2).
    let windowBits: Int32 = 15 + 16
    guard inflateInit2_(&stream, windowBits, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        throw .outOfMemory
    }
    defer { inflateEnd(&stream) }
    var inflater = Inflater(limit: limit)
    let result = bytes.withUnsafeBufferPointer { input in
        Result { () throws(GunzipError) in try inflater.run(&stream, over: input) }
    }
    try result.get()
    return inflater.output
}

/// The loop around `inflate`, one piece of output at a time.
private struct Inflater {
    static let pieceSize = 64 * 1024

    let limit: Int
    var output: [UInt8] = []

    init(limit: Int) {
        self.limit = limit
    }

    mutating func run(_ stream: inout z_stream, over input: UnsafeBufferPointer<UInt8>) throws(GunzipError) {
        var piece = [UInt8](repeating: 0, count: Self.pieceSize)
        var position = 0
        while true {
            // zlib counts in 32 bits, so a long input goes in by slices.
            let slice = min(input.count - position, Int(Int32.max))
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress.map { $0 + position })
            stream.avail_in = UInt32(slice)
            let (result, produced) = piece.withUnsafeMutableBufferPointer { buffer in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                return (inflate(&stream, Z_NO_FLUSH), buffer.count - Int(stream.avail_out))
            }
            position += slice - Int(stream.avail_in)
            guard produced <= limit - output.count else { throw .tooLarge(limit: limit) }
            output.append(contentsOf: piece[..<produced])
            switch result {
            case Z_OK:
                continue
            case Z_STREAM_END where position == input.count:
                return
            case Z_STREAM_END:
                guard inflateReset(&stream) == Z_OK else { throw .corrupt }
            case Z_BUF_ERROR:
                throw .truncated
            case Z_MEM_ERROR:
                throw .outOfMemory
            default:
                throw .corrupt
            }
        }
    }
}
