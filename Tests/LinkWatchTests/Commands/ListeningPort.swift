import Foundation
import Testing

/// A listening socket of the test's own, as a service manager holds it.
final class ListeningPort {
    let descriptor: Int32
    let port: UInt16

    /// - Parameter port: 0 lets the system choose.
    init(_ host: String, port wanted: UInt16 = 0) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = wanted.bigEndian
        inet_pton(AF_INET, host, &address.sin_addr)
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let descriptor = descriptor
        let isListening = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, length) == 0 && listen(descriptor, 16) == 0
                    && getsockname(descriptor, $0, &length) == 0
            }
        }
        port = UInt16(bigEndian: address.sin_port)
        try #require(isListening)
    }

    /// Starts `linkwatch` with the socket, as the service manager does it: the variable names the very process it is for.
    ///
    /// - Parameter errors: where standard error goes; nil keeps it.
    func handed(
        to arguments: String...,
        as name: String? = nil,
        errors: String? = nil
    ) throws -> LinkWatchProcess {
        var environment = ["LISTEN_FDS": "1"]
        environment["LISTEN_FDNAMES"] = name
        return try LinkWatchProcess(
            arguments,
            through: ["/bin/sh", "-c", "LISTEN_PID=$$ exec \"$0\" \"$@\""],
            environment: environment,
            descriptors: [descriptor],
            errors: errors
        )
    }

    /// Whether somebody has connected who was not accepted yet.
    var hasCaller: Bool {
        var report = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&report, 1, 0) == 1
    }

    deinit {
        close(descriptor)
    }
}
