import Foundation

/// A program of the system that a test needs for a real peer; its absence fails the test.
struct TestProgram {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let path: String

    init(_ names: String..., package: String) throws {
        let search = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        // Daemons lie where an ordinary user does not search.
        let folders = "\(search):/usr/sbin:/sbin".split(separator: ":").map(String.init)
        let candidates = names.flatMap { name in folders.map { "\($0)/\(name)" } }
        guard let path = candidates.first(where: { access($0, X_OK) == 0 }) else {
            throw Failure(
                description: "\(names.joined(separator: " or ")) is missing: apt-get install \(package), or make test"
            )
        }
        self.path = path
    }

    /// Runs to the end and throws what was said on standard error unless the status is zero.
    func run(_ arguments: [String], in folder: URL) async throws {
        let log = folder.appending(path: "\(UUID().uuidString).log")
        let child = try start(arguments, log: log)
        let status = await child.end()
        guard status == 0 else {
            let words = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
            throw Failure(description: "\(path) \(arguments.joined(separator: " ")): status \(status): \(words)")
        }
    }

    /// Starts the program with standard error in `log`; it inherits `input` and no other descriptor.
    func start(
        _ arguments: [String],
        log: URL,
        environment: [String: String] = [:],
        input: FileHandle = .nullDevice,
        output: FileHandle = .nullDevice
    ) throws -> Child {
        guard FileManager.default.createFile(atPath: log.path, contents: nil) else {
            throw Failure(description: "cannot write \(log.path)")
        }
        let process = Process()
        process.executableURL = URL(filePath: path)
        process.arguments = arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardInput = input
        process.standardOutput = output
        process.standardError = try FileHandle(forWritingTo: log)
        let (ends, end) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { end.yield($0.terminationStatus) }
        try process.run()
        return Child(pid: process.processIdentifier, ends: ends)
    }

    struct Child {
        let pid: pid_t
        fileprivate let ends: AsyncStream<Int32>

        /// The status with which the program ended; to be called once.
        func end() async -> Int32 {
            for await status in ends { return status }
            return -1
        }

        /// Ends it, and waits until it has ended.
        ///
        /// A child inherits the signals that the spawning thread blocks, so only one that sets its own heeds SIGTERM.
        func end(by signal: Int32) async {
            _ = kill(pid, signal)
            _ = await end()
        }
    }
}
