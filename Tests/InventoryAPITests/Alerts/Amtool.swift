import Foundation
import Testing

/// Alertmanager's own client.
enum Amtool {
    /// - Returns: its exit status and what it printed, errors included.
    static func run(_ arguments: String..., url: String) async throws -> (status: Int32, text: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["amtool", "--alertmanager.url=" + url] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text: String = await withCheckedContinuation { continuation in
            // A thread of its own: reading to the end would take a worker on which the server's queues run.
            Thread.detachNewThread {
                let data = output.fileHandleForReading.readDataToEndOfFile()
                continuation.resume(returning: String(decoding: data, as: UTF8.self))
            }
        }
        process.waitUntilExit()
        #expect(process.terminationStatus != 127, "amtool is missing: apt-get install prometheus-alertmanager")
        return (process.terminationStatus, text)
    }
}
