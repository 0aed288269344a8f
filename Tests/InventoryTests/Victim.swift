import Foundation
import Testing

/// The helper program beside the tests that keeps an inventory and may come to harm.
enum Victim {
    /// Kills the program once it has told so many lines, and returns every whole line that it told.
    static func killed(after count: Int, _ arguments: String...) async throws -> [String] {
        try await lines(arguments) { process, lines in
            if lines >= count { kill(process, SIGKILL) }
        }
    }

    /// Lets the program run to its end and returns what it told.
    static func run(_ arguments: String...) async throws -> [String] { try await lines(arguments) { _, _ in } }

    private static func lines(_ arguments: [String], told: (pid_t, Int) -> Void) async throws -> [String] {
        let process = Process()
        let output = Pipe()
        process.executableURL = try #require(Bundle.main.executableURL)
            .deletingLastPathComponent().appending(path: "inventory-victim")
        process.arguments = arguments
        process.standardOutput = output
        let (chunks, continuation) = AsyncStream.makeStream(of: Data.self)
        output.fileHandleForReading.readabilityHandler = { handle in
            let chunk = handle.availableData
            if chunk.isEmpty { continuation.finish() } else { continuation.yield(chunk) }
        }
        defer { output.fileHandleForReading.readabilityHandler = nil }
        try process.run()
        var text = Data()
        for await chunk in chunks {
            text += chunk
            told(process.processIdentifier, text.count { $0 == UInt8(ascii: "\n") })
        }
        process.waitUntilExit()
        // What follows the last line break was cut off.
        return String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }
}
