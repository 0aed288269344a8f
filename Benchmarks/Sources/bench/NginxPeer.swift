import Foundation
import LoopbackLoad
import Measuring

/// nginx with the service's answers as static files, plain and gzip, set up as fast as it can be.
struct NginxPeer {
    let child: Child
    let server: Server

    /// - Parameter requests: what is asked of the service once, and put into files.
    init(serving requests: [RequestText], of service: Server, folder: URL) throws {
        let port = try LoopbackSocket.freePort()
        var pages: [NginxConfiguration.Page] = []
        for (index, request) in requests.enumerated() {
            let plain = try service.answer(to: request)
            let zipped = try service.answer(to: request.gzipped)
            let file = folder.appending(path: "page-\(index)")
            try Data(plain.body).write(to: file)
            try Data(zipped.body).write(to: file.appendingPathExtension("gz"))
            pages.append(NginxConfiguration.Page(path: request.path, file: file.path, answer: plain))
        }
        let configuration = NginxConfiguration(port: port, folder: folder.path, pages: pages)
        let file = folder.appending(path: "nginx.conf")
        try configuration.text.write(to: file, atomically: true, encoding: .utf8)
        child = try Child(URL(filePath: "/usr/sbin/nginx"), ["-c", file.path, "-e", "stderr"], in: folder)
        do {
            try child.awaitListening(on: port)
            server = Server(name: "nginx", port: port, pids: [child.pid] + (try Self.workers(of: child)))
        } catch {
            child.stop()
            throw error
        }
    }

    private static func workers(of master: Child) throws -> [Int32] {
        var workers: [Int32] = []
        try master.waitUntil("every worker of nginx") {
            let list = try String(contentsOfFile: "/proc/\(master.pid)/task/\(master.pid)/children", encoding: .utf8)
            workers = list.split(separator: " ").compactMap { Int32($0) }
            return workers.count == NginxConfiguration.workers
        }
        return workers
    }
}
