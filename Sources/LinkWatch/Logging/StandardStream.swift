import Foundation

/// Standard output and standard error, written to without trust in who reads them.
///
/// Foundation's `FileHandle` ends the process when a write fails; a full disk or a closed pipe under the log is no reason to
/// stop the service.
package enum StandardStream: Int32 {
    case output = 1
    case error = 2

    /// Takes the numbers of standard streams that are closed, before anything else is opened.
    ///
    /// The next file or socket would get such a number, and be read or written as if it were the stream. What takes them is open the
    /// other way, so that reading and writing them still fails.
    package static func holdPlaces() {
        for number: Int32 in 0...2 where fcntl(number, F_GETFD) < 0 {
            _ = open("/dev/null", number == 0 ? O_WRONLY : O_RDONLY)
        }
    }

    /// Writes the whole text, and gives up where it cannot be written: of a log there is no better place to tell of that.
    /// - Returns: whether all of it was written; else `errno` says why.
    @discardableResult
    func write(_ text: String) -> Bool {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Foundation.write(rawValue, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }
}
