import Foundation

/// Why a server does not start.
package enum HTTPServerError: Error, Equatable, CustomStringConvertible {
    /// Another process listens there already.
    case addressInUse(String)
    /// The process may not listen there: a port below 1024, or a folder it cannot write to.
    case permissionDenied(String)
    /// No interface of this machine has the address.
    case addressNotAvailable(String)
    /// The host name means no address.
    case unresolvable(String, why: String)
    /// The path of a unix socket is longer than the system takes.
    case pathTooLong(String, limit: Int)
    /// A file that is no socket stands at the path of a unix socket.
    case pathOccupied(String)
    /// The service manager handed over no socket of that name, or none at all; the others' names besides.
    case notHandedOver(String, others: [String])
    /// A variable of the service manager's protocol has a value that it cannot have.
    case badHandover(variable: String, value: String)
    /// What was handed over is something else than a listening stream socket.
    case notListening(String)
    /// Other machines can connect there, which the configuration forbids; with what would allow it.
    case openToOthers(String, remedy: String)
    /// The configuration names no address.
    case noAddresses
    /// It was started before; a server starts once.
    case alreadyStarted
    /// Another call of the system failed.
    case system(call: String, subject: String, code: Int32)

    /// One word for a metric's label.
    package var reason: String {
        switch self {
        case .addressInUse: "address_in_use"
        case .permissionDenied: "permission_denied"
        case .addressNotAvailable: "address_not_available"
        case .unresolvable: "unresolvable"
        case .pathTooLong: "path_too_long"
        case .pathOccupied: "path_occupied"
        case .notHandedOver: "not_handed_over"
        case .badHandover: "bad_handover"
        case .notListening: "not_listening"
        case .openToOthers: "open_to_others"
        case .noAddresses: "no_addresses"
        case .alreadyStarted: "already_started"
        case .system: "system"
        }
    }

    package var description: String {
        switch self {
        case .addressInUse(let address):
            "cannot listen on \(address): another process already does; stop it or configure another address"
        case .permissionDenied(let address):
            "cannot listen on \(address): permission denied; choose a port above 1023 or a folder this user may write to"
        case .addressNotAvailable(let address):
            "cannot listen on \(address): no interface of this machine has that address"
        case .unresolvable(let address, let why): "cannot listen on \(address): the host is unknown (\(why))"
        case .pathTooLong(let path, let limit):
            "cannot listen on \(path): the path is longer than \(limit) bytes; choose a shorter one"
        case .pathOccupied(let path):
            "cannot listen on \(path): a file that is no socket stands there; remove it or choose another path"
        case .notHandedOver(let address, []):
            "cannot listen on \(address): no socket was handed over to this process; start it by its socket unit or configure host:port"
        case .notHandedOver(let address, let others):
            "cannot listen on \(address): handed over are \(others.joined(separator: ", ")); set FileDescriptorName= in the socket unit"
        case .badHandover(let variable, let value):
            "cannot take over sockets: \(variable) is \"\(value)\", which does not fit what was handed over (sd_listen_fds(3))"
        case .notListening(let socket):
            "cannot listen on \(socket): it is no listening stream socket; say ListenStream= and Accept=no in the socket unit"
        case .openToOthers(let address, let remedy):
            "cannot listen on \(address): it can be reached from other machines: \(remedy)"
        case .noAddresses: "there is no address to listen on; configure at least one"
        case .alreadyStarted: "the server was started before; make another one"
        case .system(let call, let subject, let code):
            "\(call) failed for \(subject): \(String(cString: strerror(code))) (errno \(code))"
        }
    }

    /// What a failed bind or listen means.
    static func binding(_ address: String, call: String, code: Int32) -> HTTPServerError {
        switch code {
        case EADDRINUSE: .addressInUse(address)
        case EACCES, EPERM: .permissionDenied(address)
        case EADDRNOTAVAIL: .addressNotAvailable(address)
        default: .system(call: call, subject: address, code: code)
        }
    }
}
