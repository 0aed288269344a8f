import Foundation
import LoopbackLoad
import Measuring

/// wrk (https://github.com/wg/wrk), the clients of every round that is about speed.
enum Wrk {
    /// As many threads as the servers have loops on the smallest machine; more would only take the processor from them.
    static let threads = 2
    static let connections = 64

    static func run(port: UInt16, request: RequestText, seconds: Int) throws -> WrkReport {
        let process = Process()
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/wrk")
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/wrk") else {
            throw BenchError.noProgram(path: "/usr/bin/wrk")
        }
        process.arguments =
            ["--threads", "\(threads)", "--connections", "\(connections)", "--duration", "\(seconds)s"]
            + request.fields.flatMap { ["--header", $0] } + ["http://127.0.0.1:\(port)\(request.path)"]
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = String(decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw BenchError.ended(program: "wrk", status: process.terminationStatus, said: text)
        }
        return try WrkReport(parsing: text)
    }
}
