import Foundation

/// A folder that is there for the time of a benchmark.
enum TemporaryFolder {
    /// Makes it, in the system's folder for such things unless another is given, lends it, and clears it away.
    static func with<Result>(in parent: URL? = nil, _ body: (URL) throws -> Result) throws -> Result {
        let folder = (parent ?? FileManager.default.temporaryDirectory)
            .appending(path: "linkwatch-bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What is left behind lies where such things lie.
        defer { try? FileManager.default.removeItem(at: folder) }
        return try body(folder)
    }
}
