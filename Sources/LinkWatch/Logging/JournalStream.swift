import Foundation

/// Whether systemd's journal reads standard error.
enum JournalStream {
    static var isStandardError: Bool {
        isNamed(by: ProcessInfo.processInfo.environment["JOURNAL_STREAM"], descriptor: StandardStream.error.rawValue)
    }

    /// Compares a descriptor with the device and inode of `JOURNAL_STREAM`, which children inherit whatever they write to
    /// (systemd.exec(5)).
    static func isNamed(by variable: String?, descriptor: Int32) -> Bool {
        var status = stat()
        guard let variable, fstat(descriptor, &status) == 0 else { return false }
        return variable == "\(status.st_dev):\(status.st_ino)"
    }
}
