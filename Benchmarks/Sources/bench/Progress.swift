import Foundation

/// What is told while it runs: on standard error, so that standard output is nothing but tables.
enum Progress {
    static func tell(_ line: String) {
        FileHandle.standardError.write(Data("\(line)\n".utf8))
    }
}
