import Foundation

/// Says one figure to whoever has started the program: a name, a blank and a number on a line.
enum FigureLine {
    static func tell(_ name: String, _ value: some Numeric) { print("\(name) \(value)") }
}

/// Tells people how far it is, on standard error.
enum Progress {
    static func tell(_ line: String) { FileHandle.standardError.write(Data("  \(line)\n".utf8)) }
}
