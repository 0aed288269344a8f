import Foundation

/// Where commands speak to people.
enum Terminal {
    static func say(_ text: String) { write(text, to: .standardOutput) }

    static func complain(_ text: String) { write(text, to: .standardError) }

    private static func write(_ text: String, to handle: FileHandle) { handle.write(Data((text + "\n").utf8)) }
}
