import ArgumentParser
import CurlHTTP
import Foundation

/// Where a running linkwatch is asked: `http://127.0.0.1:8080`, `https://linkwatch.example.org/behind/a/path` or
/// `unix:/run/linkwatch/http.sock`.
struct ServiceAddress: Sendable, CustomStringConvertible {
    /// As it was given, without slashes at its end.
    let description: String
    private let base: String
    private let socket: String?

    /// The address of a service that is configured with nothing but clusters.
    static let standard = ServiceAddress(base: "http://127.0.0.1:8080")

    private init(base: String) {
        self.base = base
        description = base
        socket = nil
    }

    init(parsing text: String) throws(Refusal) {
        if text.hasPrefix("unix:") {
            let path = String(text.dropFirst("unix:".count))
            guard path.hasPrefix("/") else { throw Refusal("needs an absolute path after unix:") }
            (base, socket, description) = ("http://localhost", path, text)
        } else {
            let address = try Configuration.WebAddress(parsing: text, parts: .path)
            (base, socket, description) = (address.text, nil, address.text)
        }
    }

    /// How the socket or the host is reached.
    var options: CurlOptions { CurlOptions(unixSocket: socket) }

    /// Whether it can be no other machine's.
    var isOnThisMachine: Bool {
        if socket != nil { return true }
        guard let host = URLComponents(string: base)?.host else { return false }
        return LoopbackHost.contains(host.contains(":") && !host.hasPrefix("[") ? "[\(host)]" : host.lowercased())
    }

    /// The address of a path of the interface, for the client.
    func url(of path: String) -> String { base + path }
}

extension ServiceAddress {
    /// - Throws: `ValidationError`, which unlike an argument that is merely none tells why.
    static func argument(_ text: String) throws -> ServiceAddress {
        do throws(Refusal) {
            return try ServiceAddress(parsing: text)
        } catch {
            throw ValidationError("the address \(error.sentence)")
        }
    }
}
