import GRDB

/// Why a file cannot be read as an inventory's database.
package enum InventoryFileError: Error {
    /// There is nothing at the path.
    case missing(path: String)
    /// The path leads to a folder, a device or a pipe.
    case noFile(path: String)
    /// The file or what lies beside it cannot be opened.
    case unreadable(path: String, reason: String)
    /// The file is no database of SQLite's.
    case noDatabase(path: String, reason: String)
    /// The file is a database, but of another program.
    case foreign(path: String, applicationID: Int)
    /// SQLite finds the file malformed.
    case damaged(path: String, reason: String)
    /// A service began to write the file while it was read as one that nobody writes.
    case written(path: String)
    /// A service runs on the file, which knows more of the present than the file tells.
    case inUse(path: String, holder: String)
    /// The tables are those of an older linkwatch.
    case older(path: String, missing: [String])
    /// The tables are those of a newer linkwatch.
    case newer(path: String)
}

extension InventoryFileError {
    /// What an error from reading says of the file; one that is none of SQLite's means that the file cannot be read.
    init(_ error: any Error, path: String) {
        switch error {
        case let error as InventoryFileError: self = error
        case let error as DatabaseError:
            let reason = "SQLite error \(error.extendedResultCode.rawValue): \(error.message ?? "no message")"
            switch error.resultCode {
            case .SQLITE_NOTADB: self = .noDatabase(path: path, reason: reason)
            case .SQLITE_CORRUPT: self = .damaged(path: path, reason: reason)
            default: self = .unreadable(path: path, reason: reason)
            }
        default: self = .unreadable(path: path, reason: "\(error)")
        }
    }
}

extension InventoryFileError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .missing(let path):
            "there is no file \(path): name linkwatch's database, which the configuration calls \"database\""
        case .noFile(let path):
            "\(path) is no ordinary file: name linkwatch's database"
        case .unreadable(let path, let reason):
            "\(path) cannot be read (\(reason)): check its permissions, and those of the -wal and -shm beside it"
        case .noDatabase(let path, let reason):
            "\(path) is no database (\(reason)): name linkwatch's database"
        case .foreign(let path, let applicationID):
            "\(path) is no database of linkwatch's (application_id \(applicationID) instead of \(Schema.applicationID)): "
                + "name linkwatch's database"
        case .damaged(let path, let reason):
            "\(path) is damaged (\(reason)): restore a backup"
        case .written(let path):
            "a service began to write \(path) while it was read: try again"
        case .inUse(let path, let holder):
            "a service runs on \(path) (\(holder)): ask it with --url in the place of --database"
        case .older(let path, let missing):
            "\(path) was written by an older linkwatch and lacks \(missing.joined(separator: ", ")): "
                + "start the service on it once, or on a copy of it, which brings it up to date"
        case .newer(let path):
            "\(path) was written by a newer linkwatch: ask it with that version"
        }
    }
}
