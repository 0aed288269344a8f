import CEventQueue
import Foundation
import Synchronization

/// A socket that is bound and listening; it owns its descriptor, and the file of a unix socket.
final class ListeningSocket: Sendable {
    let descriptor: Int32
    let address: BoundAddress
    private let unixFile: UnixSocketFile?
    private let isClosed = Atomic(false)

    init(_ descriptor: Int32, _ address: BoundAddress, unixFile: UnixSocketFile? = nil) {
        self.descriptor = descriptor
        self.address = address
        self.unixFile = unixFile
    }

    deinit {
        close()
    }

    /// Frees the address for others.
    ///
    /// The event source that watched the descriptor must be gone.
    func close() {
        guard !isClosed.exchange(true, ordering: .relaxed) else { return }
        unixFile?.remove()
        Foundation.close(descriptor)
    }

    /// Opens all sockets an address stands for; a host name may mean several.
    static func open(
        _ address: ListenAddress,
        unixSocketMode mode: UInt16,
        backlog: Int32
    ) throws(HTTPServerError) -> [ListeningSocket] {
        switch address {
        case .systemd(let name):
            try HandedOverSockets.ofThisProcess.take(named: name).map(adopt)
        case .unix(let path): [try openUnix(path: path, mode: mode, backlog: backlog)]
        case .ip("", let port): [try openEveryInterface(port: port, backlog: backlog)]
        case .ip(let host, let port): try openHost(host, port: port, name: address.description, backlog: backlog)
        }
    }

    private static func openHost(
        _ host: String,
        port: UInt16,
        name: String,
        backlog: Int32
    ) throws(HTTPServerError) -> [ListeningSocket] {
        var sockets: [ListeningSocket] = []
        var failure: HTTPServerError?
        for var candidate in try HostLookup.addresses(of: host, name: name) {
            // Port 0: the further addresses of a name take the port the first was given.
            candidate.set(port: sockets.first?.address.port ?? port)
            do {
                sockets.append(try openIP(candidate, name: name, backlog: backlog))
            } catch .addressNotAvailable(let address) {
                // `localhost` may mean ::1 on a machine without IPv6.
                failure = failure ?? .addressNotAvailable(address)
            }
        }
        if sockets.isEmpty { throw failure ?? .unresolvable(name, why: "it has no address") }
        return sockets
    }

    /// One IPv6 socket for both families, or an IPv4 one where the machine has no IPv6.
    private static func openEveryInterface(port: UInt16, backlog: Int32) throws(HTTPServerError) -> ListeningSocket {
        let name = ":\(port)"
        for host in ["::", "0.0.0.0"] {
            guard var address = try HostLookup.addresses(of: host, name: name).first else { continue }
            address.set(port: port)
            do {
                return try openIP(address, name: name, backlog: backlog, onlyIPv6: false)
            } catch {
                switch error {
                case .addressNotAvailable, .system(call: "socket", _, _): continue
                default: throw error
                }
            }
        }
        throw .addressNotAvailable(name)
    }

    private static func openIP(
        _ address: SocketAddress,
        name: String,
        backlog: Int32,
        onlyIPv6: Bool = true
    ) throws(HTTPServerError) -> ListeningSocket {
        let descriptor = event_stream_socket(address.family)
        guard descriptor >= 0 else {
            if descriptor == -EAFNOSUPPORT { throw .addressNotAvailable(name) }
            throw .system(call: "socket", subject: name, code: -descriptor)
        }
        // Neither failure stops anything: a bind that needed them will say so.
        _ = event_reuse_address(descriptor)
        if address.family == AF_INET6 { _ = event_only_ipv6(descriptor, onlyIPv6) }
        do throws(HTTPServerError) {
            try bind(descriptor, to: address, name: name)
            try listen(descriptor, name: name, backlog: backlog)
        } catch {
            Foundation.close(descriptor)
            throw error
        }
        guard let bound = SocketAddress(boundTo: descriptor)?.ip else {
            let code = errno
            Foundation.close(descriptor)
            throw .system(call: "getsockname", subject: name, code: code)
        }
        return ListeningSocket(descriptor, .ip(host: bound.host, port: bound.port))
    }

    private static func openUnix(path: String, mode: UInt16, backlog: Int32) throws(HTTPServerError) -> ListeningSocket
    {
        guard let address = SocketAddress(unixPath: path) else {
            throw .pathTooLong(path, limit: SocketAddress.unixPathLimit)
        }
        try UnixSocketFile.clear(path, for: address)
        let descriptor = event_stream_socket(AF_UNIX)
        guard descriptor >= 0 else { throw .system(call: "socket", subject: path, code: -descriptor) }
        do throws(HTTPServerError) {
            let name = "unix:\(path)"
            try bind(descriptor, to: address, name: name)
            // Before listening: until then nobody can connect, so nobody slips in with the wrong mode.
            guard chmod(path, mode_t(mode)) == 0 else { throw .system(call: "chmod", subject: path, code: errno) }
            try listen(descriptor, name: name, backlog: backlog)
        } catch {
            Foundation.close(descriptor)
            throw error
        }
        return ListeningSocket(descriptor, .unix(path: path), unixFile: UnixSocketFile(path))
    }

    private static func bind(
        _ descriptor: Int32,
        to address: SocketAddress,
        name: String
    ) throws(HTTPServerError) {
        let result = address.withPointer { Foundation.bind(descriptor, $0, $1) }
        guard result == 0 else { throw .binding(name, call: "bind", code: errno) }
    }

    private static func listen(_ descriptor: Int32, name: String, backlog: Int32) throws(HTTPServerError) {
        guard Foundation.listen(descriptor, backlog) == 0 else { throw .binding(name, call: "listen", code: errno) }
    }
}
