import Foundation

/// Why the service manager is not told.
enum NotifySocketError: Error, Equatable {
    /// The variable names no socket that can be spoken to.
    case unusable(String)
    /// The system refused, with an errno.
    case failed(call: String, String, Int32)
}

extension NotifySocketError: CustomStringConvertible {
    var description: String {
        switch self {
        case .unusable(let text):
            "NOTIFY_SOCKET takes a path or an @ and a name, of at most 107 bytes, got \(text): the service manager is told nothing"
        case .failed(let call, let socket, let code):
            "the service manager at \(socket) was not told: \(call): \(String(cString: strerror(code)))"
        }
    }
}
