import Foundation

/// Where a backup goes: it is written to a file beside the destination, which takes the destination's name when it is whole.
///
/// The file beside it has one name, `DEST.partial`, and is locked while it is written: what a killed backup left is taken
/// over by the next, and two at a time are refused. Only its owner may read it, as a database may hold what not everyone
/// on the machine is to see.
struct BackupDestination: ~Copyable {
    /// Without symbolic links: a link to a backup goes on leading to the latest one.
    let path: String
    let partial: String
    let isReplacement: Bool
    private let descriptor: Int32
    private var isKept = false

    /// - Parameter source: the database that is copied, without symbolic links.
    init(path given: String, source: String) throws(BackupError) {
        let path = InventoryDatabase.resolved(given)
        let isReplacement = try Self.look(at: path, given: given, source: source)
        let partial = path + ".partial"
        // Nothing is stored yet: throwing with that done would run `deinit`, and remove what is another backup's.
        let descriptor = try Self.open(partial, given: given)
        (self.path, self.partial, self.isReplacement, self.descriptor) = (path, partial, isReplacement, descriptor)
    }

    deinit {
        // Under the lock, and never after the renaming: the name may be that of another backup's file by then.
        if !isKept {
            for file in InventoryFile.companions(of: partial) + [partial] { unlink(file) }
        }
        close(descriptor)
    }

    /// Puts the whole copy in the place of whatever the destination was, durably.
    consuming func keep() throws(BackupError) {
        guard fsync(descriptor) == 0, rename(partial, path) == 0 else { throw Self.failure(path) }
        isKept = true
        let folder = URL(filePath: path).deletingLastPathComponent().path
        let handle = Foundation.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard handle >= 0 else { throw Self.failure(path) }
        defer { close(handle) }
        // Some file systems have nothing to write through for a folder, and say so.
        guard fsync(handle) == 0 || errno == EINVAL else { throw Self.failure(path) }
    }

    /// Whether a backup will be replaced; refuses everything else that is there.
    private static func look(at path: String, given: String, source: String) throws(BackupError) -> Bool {
        let kept = InventoryFile.companions(of: source) + [source, source + "-shm", source + ".lock"]
        guard !kept.contains(path) else { throw .sameFile(path: given) }
        let mark: FileMark
        do throws(FileMark.Failure) {
            mark = try FileMark(path: path)
        } catch {
            guard error.code == ENOENT else { throw .unwritable(path: given, reason: error.description) }
            try refuseLogs(beside: path, given: given)
            return false
        }
        if let database = try? FileMark(path: source), mark.isSameFile(as: database) { throw .sameFile(path: given) }
        guard mark.isOrdinary else {
            var isFolder: ObjCBool = false
            _ = FileManager.default.fileExists(atPath: path, isDirectory: &isFolder)
            throw .occupied(path: given, by: isFolder.boolValue ? .folder : .device)
        }
        try refuseLogs(beside: path, given: given)
        // An empty file is what `mktemp` gives.
        guard mark.size == 0 || (try? InventoryFile(path: path)) != nil else {
            throw .occupied(path: given, by: .otherFile)
        }
        return true
    }

    /// A log beside the destination would be taken for the backup's own by whoever opens that next.
    private static func refuseLogs(beside path: String, given: String) throws(BackupError) {
        for log in InventoryFile.companions(of: path) where access(log, F_OK) == 0 {
            throw .occupied(path: given, by: .databaseInUse(log: log))
        }
    }

    /// The file beside the destination: empty, this process's alone, and readable by its owner only.
    private static func open(_ partial: String, given: String) throws(BackupError) -> Int32 {
        while true {
            let descriptor = Foundation.open(partial, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o600)
            guard descriptor >= 0 else { throw failure(given) }
            guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
                close(descriptor)
                throw .underWay(path: given)
            }
            // Between opening and locking, another backup may have ended and taken the file away.
            guard let named = try? FileMark(path: partial), let opened = try? FileMark(descriptor: descriptor),
                named.isSameFile(as: opened)
            else {
                close(descriptor)
                continue
            }
            guard fchmod(descriptor, 0o600) == 0, ftruncate(descriptor, 0) == 0 else {
                let failure = failure(given)
                close(descriptor)
                throw failure
            }
            return descriptor
        }
    }

    private static func failure(_ path: String) -> BackupError {
        errno == ENOSPC || errno == EDQUOT
            ? .noSpace(path: path, needed: nil) : .unwritable(path: path, reason: String(cString: strerror(errno)))
    }
}
