import Foundation

/// The real browser, without a window: what it makes of a page, as its document stands in the end.
struct Chromium {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private let program: String

    /// - Throws: `Failure` where no such browser is installed, for a page that nobody looked at is not tested.
    init() throws {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin").split(separator: ":")
        let candidates = ["chromium", "chromium-browser", "google-chrome"].flatMap { name in
            folders.map { "\($0)/\(name)" }
        }
        guard let program = candidates.first(where: { access($0, X_OK) == 0 }) else {
            throw Failure(description: "chromium is missing: apt-get install chromium, or make test")
        }
        self.program = program
    }

    /// The document after a span of the page's own time, which does not pass while an answer is awaited.
    func document(at address: String, after span: Duration = .seconds(3)) async throws -> String {
        let folder = FileManager.default.temporaryDirectory.appending(path: "linkwatch-page-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // What is left behind lies in the system's folder for such things.
        defer { try? FileManager.default.removeItem(at: folder) }
        let output = folder.appending(path: "document.html")
        let log = folder.appending(path: "log")
        for file in [output, log] { try Data().write(to: file) }

        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-proxy-server",
            "--user-data-dir=\(folder.path)/profile", "--window-size=1400,1000",
            "--virtual-time-budget=\(span.components.seconds * 1000)", "--dump-dom", address,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: log)
        let (ends, end) = AsyncStream<Int32>.makeStream()
        process.terminationHandler = { end.yield($0.terminationStatus) }
        try process.run()
        let child = process.processIdentifier
        let status = await withTaskCancellationHandler {
            for await status in ends { return status }
            return -1
        } onCancel: {
            _ = kill(child, SIGKILL)
        }
        guard status == 0 else {
            let words = String(decoding: try Data(contentsOf: log), as: UTF8.self)
            throw Failure(description: "\(program): status \(status): \(words.suffix(2000))")
        }
        return String(decoding: try Data(contentsOf: output), as: UTF8.self)
    }
}
