import Foundation

/// Bytes packed by the gzip program, so that what is unpacked was packed by somebody else.
enum Gzip {
    /// "hello", written down from `printf hello | gzip -n`.
    static let hello: [UInt8] = [
        0x1F, 0x8B, 0x08, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x03, 0xCB, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00, 0x86,
        0xA6, 0x10, 0x36, 0x05, 0x00, 0x00, 0x00,
    ]

    static func compress(_ bytes: [UInt8]) async throws -> [UInt8] {
        let gzip = try TestProgram("gzip", package: "gzip")
        return try await withTemporaryFolder { folder in
            let file = folder.appending(path: "data")
            try Data(bytes).write(to: file)
            try await gzip.run(["-n", file.path], in: folder)
            return try Array(Data(contentsOf: file.appendingPathExtension("gz")))
        }
    }
}
