import Foundation
import Testing

/// The helper program beside the tests that keeps an inventory and may come to harm.
///
/// Spawned without Foundation's `Process`, whose pipes on Linux now and then never tell their end.
enum Victim {
    /// Kills the program once it has told so many lines, and returns every whole line that it told.
    static func killed(after count: Int, _ arguments: String...) async throws -> [String] {
        var isKilled = false
        return try await lines(arguments) { process, lines in
            guard lines >= count, !isKilled else { return }
            isKilled = true
            kill(process, SIGKILL)
        }
    }

    /// Lets the program run to its end and returns what it told.
    static func run(_ arguments: String...) async throws -> [String] { try await lines(arguments) { _, _ in } }

    private static func lines(_ arguments: [String], told: (pid_t, Int) -> Void) async throws -> [String] {
        let program = try #require(Bundle.main.executableURL).deletingLastPathComponent()
        let (process, output) = try spawn(program.appending(path: "inventory-victim").path, arguments)
        let (chunks, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        Thread.detachNewThread {
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = read(output, &buffer, buffer.count)
                if count <= 0 { break }
                continuation.yield(Array(buffer.prefix(count)))
            }
            close(output)
            var status: Int32 = 0
            waitpid(process, &status, 0)
            continuation.finish()
        }
        var text: [UInt8] = []
        var lines = 0
        for await chunk in chunks {
            text += chunk
            lines += chunk.count { $0 == UInt8(ascii: "\n") }
            told(process, lines)
        }
        // What follows the last line break was cut off.
        return String(decoding: text, as: UTF8.self).split(separator: "\n", omittingEmptySubsequences: false).dropLast()
            .map(String.init)
    }

    /// The process and the end of a pipe on which its standard output is read.
    private static func spawn(_ program: String, _ arguments: [String]) throws -> (process: pid_t, output: Int32) {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        // Else a program that another test spawns at this moment would hold the pipe open.
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
        var words = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process = pid_t()
        let failure = posix_spawn(&process, program, &actions, nil, &words, environ)
        close(ends[1])
        try #require(failure == 0, "\(program): \(String(cString: strerror(failure)))")
        return (process, ends[0])
    }
}
