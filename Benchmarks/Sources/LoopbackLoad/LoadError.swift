import Glibc

/// Why clients could not do what they were made for.
package enum LoadError: Error, Equatable, CustomStringConvertible {
    /// Nobody listens there, or not yet.
    case cannotConnect(port: UInt16, code: Int32)
    /// The server closed before its answer was whole.
    case closedEarly
    /// The kernel took only a part of a small request.
    case notTaken
    /// The system allows fewer files than there are to be connections.
    case tooFewFiles(needed: Int, allowed: Int)
    /// Idle connections were closed while they were to be held.
    case crowdThinned(closed: Int, of: Int)
    /// A question that is to be answered is not.
    case refused(path: String, status: Int)
    /// A system call failed.
    case system(call: String, code: Int32)

    package var description: String {
        switch self {
        case .cannotConnect(let port, let code): "cannot connect to port \(port): \(Self.text(code))"
        case .closedEarly: "the server closed the connection before its answer was whole"
        case .notTaken: "the kernel took only a part of a request: its send buffer is too small for this benchmark"
        case .tooFewFiles(let needed, let allowed):
            "this needs \(needed) open files, and the system allows \(allowed): raise the hard limit (ulimit -Hn)"
        case .crowdThinned(let closed, let all):
            "the server closed \(closed) of \(all) idle connections: raise its limits"
        case .refused(let path, let status): "\(path) is answered with status \(status)"
        case .system(let call, let code): "\(call) failed: \(Self.text(code))"
        }
    }

    private static func text(_ code: Int32) -> String { strerror(code).map { String(cString: $0) } ?? "error \(code)" }
}
