/// Why a pass of retention ends before its end; the next goes on from where it stood.
enum RetentionPause: Error, CustomStringConvertible {
    /// The database refuses writes, and what waits for it comes first.
    case databaseRefusesWrites

    var description: String { "the database refuses writes, which come before retention; it goes on when they pass" }
}
