import Foundation
import LoopbackLoad
import Measuring

/// Hummingbird 2 with one of the service's answers.
struct HummingbirdPeer {
    let child: Child
    let server: Server

    init(program: URL, serving request: RequestText, of service: Server, folder: URL) throws {
        let port = try LoopbackSocket.freePort()
        let answer = try service.answer(to: request)
        let file = folder.appending(path: "hummingbird-body")
        try Data(answer.body).write(to: file)
        // These it sends itself.
        let own: Set<String> = ["date", "content-length"]
        let fields = answer.fields.filter { !own.contains($0.name.lowercased()) }.map { "\($0.name): \($0.value)" }
        child = try Child(program, ["\(port)", request.path, file.path] + fields, in: folder)
        server = Server(name: "Hummingbird", port: port, pids: [child.pid])
        do {
            try child.awaitListening(on: port)
        } catch {
            child.stop()
            throw error
        }
    }
}
