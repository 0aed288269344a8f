import Foundation
import Locking
import Testing

/// A service manager's end: a datagram socket and all that was said to it.
final class NotifyReceiver: Sendable {
    /// What its services are told in `NOTIFY_SOCKET`.
    let name: String
    private let descriptor: Int32
    private let heard = Locked<[[String]]>([])
    private let bell = Bell()

    /// - Parameter name: a path, or an @ and a name.
    init(_ name: String) throws {
        self.name = name
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            room.copyBytes(from: name.utf8)
            if name.hasPrefix("@") { room[0] = 0 }
        }
        let length = (MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 0) + name.utf8.count
        let descriptor = descriptor
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, socklen_t(length)) }
        }
        try #require(code == 0, "\(String(cString: strerror(errno)))")
        Thread.detachNewThread { [heard, bell] in
            var buffer = [UInt8](repeating: 0, count: 4096)
            while true {
                let count = recv(descriptor, &buffer, buffer.count, 0)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { break }
                let lines = String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
                heard.withLock { $0.append(lines) }
                bell.ring()
            }
            close(descriptor)
        }
    }

    /// Ends the thread: a socket without a peer wakes its reader when it is shut down.
    func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// All datagrams so far, each by its lines.
    var datagrams: [[String]] { heard.withLock(\.self) }

    /// Waits for a datagram that has the line, after the first so many, and gives its number.
    @discardableResult
    func datagram(with line: String, after count: Int = 0) async throws -> Int {
        while true {
            let rings = bell.rings
            let all = datagrams
            if let index = all.indices.dropFirst(count).first(where: { all[$0].contains(line) }) { return index }
            try await bell.wait(after: rings)
        }
    }
}
