import Foundation
import LoopbackLoad

/// A program that runs beside the driver and ends with it, even when the driver is killed.
final class Child {
    private let process = Process()
    private let name: String
    private let log: URL

    /// Starts the program; what it says goes to a file in the folder.
    init(_ program: URL, _ arguments: [String], in folder: URL) throws {
        guard FileManager.default.isExecutableFile(atPath: program.path) else {
            throw BenchError.noProgram(path: program.path)
        }
        name = program.lastPathComponent
        log = folder.appending(path: "\(name)-\(UUID().uuidString).log")
        try Data().write(to: log)
        let output = try FileHandle(forWritingTo: log)
        // prctl(2), PR_SET_PDEATHSIG: it replaces itself by the program, which keeps the process id.
        process.executableURL = URL(filePath: "/usr/bin/setpriv")
        process.arguments = ["--pdeathsig", "TERM", program.path] + arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

    var pid: Int32 { process.processIdentifier }

    /// What it said last, for an error's text.
    var lastWords: String {
        // Only an explanation is lost where the file cannot be read.
        let text = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
        return text.split(separator: "\n").suffix(3).joined(separator: " / ")
    }

    /// Waits until somebody answers connections on the port.
    func awaitListening(on port: UInt16) throws {
        try waitUntil("\(name) on port \(port)") {
            do {
                _ = try LoopbackSocket(port: port)
                return true
            } catch LoadError.cannotConnect { return false }
        }
    }

    /// Asks a question again and again, for at most 30 s and only while the program runs.
    func waitUntil(_ what: String, _ holds: () throws -> Bool) throws {
        let deadline = ContinuousClock.now + .seconds(30)
        while try !holds() {
            try checkRunning()
            guard ContinuousClock.now < deadline else { throw BenchError.notReady(what: what, said: lastWords) }
            Thread.sleep(forTimeInterval: 0.02)
        }
    }

    /// A server that has ended has not been measured.
    func checkRunning() throws(BenchError) {
        guard !process.isRunning else { return }
        throw .ended(program: name, status: process.terminationStatus, said: lastWords)
    }

    /// Ends it and waits for that; what does not end within five seconds is killed.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        let deadline = ContinuousClock.now + .seconds(5)
        while process.isRunning, ContinuousClock.now < deadline { Thread.sleep(forTimeInterval: 0.01) }
        if process.isRunning { kill(pid, SIGKILL) }
        process.waitUntilExit()
    }
}
