/// Why the inventory's database cannot be used.
package enum InventoryError: Error {
    /// Another process holds the lock beside the database.
    case inUse(path: String, holder: String)
    /// The folder or the file cannot be opened or written.
    case unusable(path: String, reason: String, remedy: String)
    /// The file is a database, but of another program.
    case foreign(path: String, applicationID: Int)
    /// The file was written by a later linkwatch.
    case newer(path: String)
    /// SQLite did not accept the durability that "what is served is durable" rests on.
    case notDurable(path: String, synchronous: Int)
}

extension InventoryError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .inUse(let path, let holder):
            "the database \(path) is in use by \(holder): stop that linkwatch, or name another file under \"database\""
        case .unusable(let path, let reason, let remedy):
            "the database \(path) cannot be opened (\(reason)): \(remedy)"
        case .foreign(let path, let applicationID):
            "the database \(path) belongs to another program (application_id \(applicationID)): "
                + "name another file under \"database\""
        case .newer(let path):
            "the database \(path) was written by a newer linkwatch: start that version, or restore a backup"
        case .notDurable(let path, let synchronous):
            "the database \(path) runs with synchronous=\(synchronous) instead of 2 (FULL): "
                + "move it to a file system that SQLite supports"
        }
    }
}
