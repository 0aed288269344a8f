import Foundation

/// A folder that is gone when the body ends, in memory where the system has such a place: no test of the model loses power.
func withVolatileFolder(_ body: (URL) async throws -> Void) async throws {
    let memory = URL(filePath: "/dev/shm")
    let isThere = FileManager.default.isWritableFile(atPath: memory.path)
    let folder = (isThere ? memory : FileManager.default.temporaryDirectory)
        .appending(path: "linkwatch-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try await body(folder)
}
