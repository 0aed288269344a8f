import Foundation

/// Keeps a second linkwatch from a database: an advisory lock on a file beside it.
///
/// The kernel drops the lock with the process, however that ends, so a lock that is left behind locks nothing.
struct DatabaseLock: ~Copyable, Sendable {
    private let descriptor: Int32

    /// Takes the lock without waiting.
    init(besideDatabase path: String) throws(InventoryError) {
        let file = path + ".lock"
        // Not yet the stored one: throwing with that set would run `deinit`, and the descriptor be closed twice.
        let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o644)
        guard descriptor >= 0 else {
            let code = errno
            throw .unusable(
                path: path,
                reason: "\(file): \(String(cString: strerror(code)))",
                remedy: DatabaseRemedy.text(forErrno: code, path: path)
            )
        }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let holder = Self.holder(descriptor)
            close(descriptor)
            throw .inUse(path: path, holder: holder)
        }
        let name = Array("process \(getpid())\n".utf8)
        // The name is a courtesy to who is refused; the lock holds without it.
        if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, name, name.count, 0) }
        self.descriptor = descriptor
    }

    deinit {
        // A process that is being spawned shares the descriptor until it has begun: closing alone would not unlock.
        flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// Who holds the lock of a database; nil where nobody does.
    ///
    /// Asked by taking it for a moment, shared with others who ask; a file of a lock that is not there is not made.
    static func holder(besideDatabase path: String) -> String? {
        let descriptor = open(path + ".lock", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else {
            flock(descriptor, LOCK_UN)
            return nil
        }
        return holder(descriptor)
    }

    private static func holder(_ descriptor: Int32) -> String {
        var buffer = [UInt8](repeating: 0, count: 64)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        let text = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self)
        let name = text.prefix { $0 != "\n" }
        return name.isEmpty ? "another process" : String(name)
    }
}
