import Foundation
import Locking

/// The file whose only line is a token, read again for each request: tokens are replaced while a command goes on.
struct TokenFile: Sendable {
    private let path: String
    /// What came out of a pipe, as with a shell's `<(…)`, from which it comes once.
    private let piped = Locked<String?>(nil)

    init(_ path: String) { self.path = path }

    func token() throws(ServiceError) -> String {
        if let token = piped.withLock(\.self) { return token }
        // Nil of reading is the end of the file, and not a failure.
        guard let file = FileHandle(forReadingAtPath: path),
            let data = try? file.read(upToCount: Self.longest + 2) ?? Data()
        else { throw .badToken(path: path, reason: "cannot be read (\(String(cString: strerror(errno))))") }
        let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
        guard !text.isEmpty else { throw .badToken(path: path, reason: "is empty") }
        guard text.utf8.count <= Self.longest, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw .badToken(path: path, reason: "holds no token")
        }
        var status = stat()
        if fstat(file.fileDescriptor, &status) == 0, status.st_mode & S_IFMT == S_IFIFO {
            piped.withLock { $0 = text }
        }
        return text
    }

    private static let longest = 4096
}
