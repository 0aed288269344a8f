import Foundation
import GRDB

/// What somebody can do about a failure of SQLite's, by its primary result code (<https://sqlite.org/rescode.html>).
enum DatabaseRemedy {
    /// - Parameter path: of the database.
    static func text(for error: any Error, path: String) -> String {
        switch (error as? DatabaseError)?.resultCode {
        case .SQLITE_FULL?: "free space on the disk that \(path) lies on, or lower retention.size"
        case .SQLITE_READONLY?, .SQLITE_CANTOPEN?, .SQLITE_PERM?, .SQLITE_AUTH?:
            "let the user that linkwatch runs as write \(path) and the folder it lies in"
        case .SQLITE_IOERR?: "check room, quota and health of the disk that \(path) lies on"
        case .SQLITE_NOTADB?: "name another file under \"database\", or restore a backup"
        case .SQLITE_CORRUPT?: "stop linkwatch, look at \(path) with `linkwatch verify` and restore a backup"
        case .SQLITE_BUSY?, .SQLITE_LOCKED?: "end the other program that writes \(path)"
        case .SQLITE_NOMEM?: "give the service more memory"
        default: text(forErrno: 0, path: path)
        }
    }

    /// The same for a file beside the database, which the system refused.
    static func text(forErrno code: Int32, path: String) -> String {
        switch code {
        case ENOSPC, EDQUOT: "free space on the disk that \(path) lies on"
        case EMFILE, ENFILE: "allow more open files (ulimit -n)"
        default:
            "check that its folder exists and that it can be written by the user that linkwatch runs as"
        }
    }

    /// A bounded word for what failed, which the text is not: it names the statement.
    static func reason(of error: any Error) -> String {
        (error as? DatabaseError).map { "\($0.extendedResultCode.rawValue)" } ?? "\(type(of: error))"
    }
}
