import ArgumentParser
import Foundation

/// A file that a command line names for what is too long or too secret to stand on it; `-` is standard input.
struct InputFile {
    private let path: String
    /// As people know it.
    let name: String

    init(_ path: String) {
        self.path = path
        name = path == "-" ? "standard input" : path
    }

    /// - Parameter longest: how many bytes there may be; more are not read.
    /// - Throws: `ValidationError` that says why, and nothing of what stands there.
    func text(longest: Int) throws -> String {
        guard let handle = path == "-" ? .standardInput : FileHandle(forReadingAtPath: path) else {
            throw unreadable(errno)
        }
        let data: Data
        do {
            data = try handle.read(upToCount: longest + 1) ?? Data()
        } catch {
            throw unreadable(errno)
        }
        guard data.count <= longest else { throw ValidationError("\(name) is longer than \(longest) bytes") }
        guard let text = String(validating: data, as: UTF8.self) else { throw ValidationError("\(name) is not UTF-8") }
        return text
    }

    private func unreadable(_ code: Int32) -> ValidationError {
        ValidationError("\(name) cannot be read: \(String(cString: strerror(code)))")
    }
}
