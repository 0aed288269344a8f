import Foundation
import GRDB

/// An inventory's database as it lies on the disk, opened to be read and left as it was found.
///
/// A service that runs on it is neither disturbed nor asked for its lock: in WAL mode readers and the writer do not wait for
/// each other (<https://sqlite.org/wal.html>). Where no log lies beside the file nobody has it open, and it is read as
/// immutable (<https://sqlite.org/uri.html#uriimmutable>): SQLite then makes no file beside it, so that it may lie where
/// nothing can be written. Whether somebody began to write it meanwhile is asked when the reading is done.
struct InventoryFile {
    /// Without symbolic links.
    let path: String
    let queue: DatabaseQueue
    /// How the file was found; nil where others may write it while it is read.
    let found: FileMark?

    /// Opens a database of linkwatch, of whatever version.
    init(path given: String) throws(InventoryFileError) {
        let mark: FileMark
        do throws(FileMark.Failure) {
            mark = try FileMark(path: given)
        } catch {
            throw error.code == ENOENT ? .missing(path: given) : .unreadable(path: given, reason: error.description)
        }
        guard mark.isOrdinary else { throw .noFile(path: given) }
        guard mark.size > 0 else { throw .noDatabase(path: given, reason: "it is empty") }
        path = InventoryDatabase.resolved(given)
        found = Self.isAtRest(path) ? mark : nil
        do {
            queue = try Self.open(path, isAtRest: found != nil)
            let applicationID = try queue.read { try Int.fetchOne($0, sql: "PRAGMA application_id") } ?? 0
            guard applicationID == Schema.applicationID else {
                throw InventoryFileError.foreign(path: given, applicationID: applicationID)
            }
        } catch {
            throw InventoryFileError(error, path: given)
        }
    }

    /// Reads within one transaction: what others commit meanwhile is not seen.
    ///
    /// - Throws: `InventoryFileError.written`, SQLite's errors, and what the body throws.
    func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
        let result = try queue.read { db in
            // A deferred transaction has its snapshot from its first reading on.
            _ = try Int.fetchOne(db, sql: "SELECT count(*) FROM sqlite_schema")
            return try body(db)
        }
        if let found, try !Self.isAtRest(path) || FileMark(path: path) != found {
            throw InventoryFileError.written(path: path)
        }
        return result
    }

    /// Whether no log is left to be written into the file, so that nobody writes it.
    static func isAtRest(_ path: String) -> Bool {
        companions(of: path).allSatisfy { access($0, F_OK) != 0 }
    }

    /// The logs that SQLite keeps beside a file while it is written, and after a crash.
    static func companions(of path: String) -> [String] { [path + "-wal", path + "-journal"] }

    /// What SQLite is given to open.
    var address: String { Self.address(path, isAtRest: found != nil) }

    private static func address(_ path: String, isAtRest: Bool) -> String {
        isAtRest ? URL(filePath: path).absoluteString + "?immutable=1" : path
    }

    private static func open(_ path: String, isAtRest: Bool) throws -> DatabaseQueue {
        var configuration = GRDB.Configuration()
        configuration.label = "linkwatch.file"
        configuration.readonly = true
        configuration.busyMode = .timeout(5)
        return try DatabaseQueue(path: address(path, isAtRest: isAtRest), configuration: configuration)
    }
}
