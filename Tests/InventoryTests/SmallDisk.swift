import Foundation
import Glibc
import Testing

/// A file system of its own, of 1 MiB in memory, where the tests may mount one.
enum SmallDisk {
    static let isPossible: Bool = {
        let folder = FileManager.default.temporaryDirectory.appending(path: "linkwatch-\(UUID().uuidString)")
        guard (try? FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)) != nil else {
            return false
        }
        defer { try? FileManager.default.removeItem(at: folder) }
        return mount(folder) && unmount(folder)
    }()

    static func with(_ body: (URL) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            try #require(mount(folder))
            defer { _ = unmount(folder) }
            try await body(folder)
        }
    }

    static func fill(_ file: URL) throws {
        try Data().write(to: file)
        let handle = try FileHandle(forWritingTo: file)
        defer { try? handle.close() }
        for size in [4096, 1] { while (try? handle.write(contentsOf: Data(count: size))) != nil {} }
    }

    private static func mount(_ folder: URL) -> Bool {
        Glibc.mount("tmpfs", folder.path, "tmpfs", 0, "size=1m") == 0
    }

    private static func unmount(_ folder: URL) -> Bool { umount2(folder.path, Int32(MNT_DETACH)) == 0 }
}
