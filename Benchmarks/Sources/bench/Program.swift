import Foundation
import Measuring

/// A program that runs to its end and tells figures on standard output.
struct Program {
    private let url: URL

    init(_ url: URL) throws(BenchError) {
        guard FileManager.default.isExecutableFile(atPath: url.path) else { throw .noProgram(path: url.path) }
        self.url = url
    }

    /// One that is built with the driver and lies beside it.
    init(besideDriver name: String) throws(BenchError) {
        let folder = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        try self.init(folder.appending(path: name))
    }

    /// Runs it, and reads its figures.
    func figures(_ arguments: [String], input: URL? = nil, in folder: URL) throws -> FigureLines {
        try FigureLines(parsing: try output(arguments, input: input, in: folder))
    }

    /// Runs it, and hands over what it said.
    func output(_ arguments: [String], input: URL? = nil, in folder: URL) throws -> String {
        try start(arguments, input: input, in: folder).finish()
    }

    /// Starts it, so that it ends with the driver, and has the driver's standard error.
    func start(_ arguments: [String], input: URL? = nil, in folder: URL) throws -> Running {
        let process = Process()
        let output = folder.appending(path: "\(url.lastPathComponent)-\(UUID().uuidString).out")
        try Data().write(to: output)
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        process.arguments = ["--pdeathsig", "TERM", url.path] + arguments
        process.standardInput = try input.map { try FileHandle(forReadingFrom: $0) } ?? FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        try process.run()
        return Running(name: url.lastPathComponent, process: process, output: output)
    }

    /// One that was started.
    struct Running {
        fileprivate let name: String
        fileprivate let process: Process
        fileprivate let output: URL

        /// Waits for its end, and hands over what it said.
        func finish() throws -> String {
            process.waitUntilExit()
            let text = try String(contentsOf: output, encoding: .utf8)
            guard process.terminationReason == .exit, process.terminationStatus == 0 else {
                throw BenchError.ended(program: name, status: process.terminationStatus, said: "see above")
            }
            return text
        }
    }
}
