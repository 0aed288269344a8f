/// Why there is no backup: in every case nothing was left behind, and what was at the destination is as it was.
package enum BackupError: Error {
    /// What is to be copied cannot be read.
    case source(InventoryFileError)
    /// The destination is the database itself, by whatever name, or a file that SQLite or linkwatch keeps beside it.
    case sameFile(path: String)
    /// The destination's folder cannot be written, or is not there.
    case unwritable(path: String, reason: String)
    /// Something is at the destination that a backup does not replace.
    case occupied(path: String, by: Occupant)
    /// Another backup is being written there.
    case underWay(path: String)
    /// The destination's file system has not the room.
    case noSpace(path: String, needed: Int64?)
    /// The copy did not pass SQLite's check, so the source would not either.
    case damaged(path: String, finding: String)
    /// The task was cancelled.
    case cancelled

    /// What is not replaced.
    package enum Occupant: Sendable {
        case folder
        case device
        case otherFile
        case databaseInUse(log: String)
    }
}

extension BackupError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .source(let error):
            error.description
        case .sameFile(let path):
            "\(path) is the database that is to be backed up, or belongs to it: name another file"
        case .unwritable(let path, let reason):
            "the backup \(path) cannot be written (\(reason)): check that its folder exists and that it can be written"
        case .occupied(let path, .folder):
            "\(path) is a folder: name a file in it"
        case .occupied(let path, .device):
            "\(path) is no ordinary file: a backup needs one"
        case .occupied(let path, .otherFile):
            "\(path) is there and no database of linkwatch's, so it is not replaced: name another file, or remove it"
        case .occupied(let path, .databaseInUse(let log)):
            "\(path) has the log \(log) beside it, so it is in use or was not closed: name another file"
        case .underWay(let path):
            "another backup to \(path) is under way: wait for it, or name another file"
        case .noSpace(let path, let needed):
            "the file system of \(path) is full" + (needed.map { ": \($0) bytes are needed" } ?? ": make room")
        case .damaged(let path, let finding):
            "the copy of \(path) does not pass SQLite's check (\(finding)) and was not kept: run linkwatch verify \(path)"
        case .cancelled:
            "the backup was given up"
        }
    }
}
