import Foundation

/// The datagram socket on which a service manager hears from its services, named by `NOTIFY_SOCKET` (sd_notify(3)).
struct NotifySocket: Sendable, CustomStringConvertible {
    /// As it was named: a path, or an @ and a name that lies in no file system (unix(7), abstract).
    let description: String

    /// - Throws: `unusable` for what is neither, such as `vsock:2:9`, and for what is longer than an address may be.
    init(named text: String) throws(NotifySocketError) {
        // A null character at the end where there is a path; an abstract name has one in place of its @.
        let isNamed = (text.hasPrefix("/") || text.hasPrefix("@")) && text.utf8.count > 1
        guard isNamed, text.utf8.count < Self.room else { throw .unusable(text) }
        description = text
    }

    /// Sends one datagram, and waits a second at most where the manager is behind with its reading.
    ///
    /// A socket for each: the manager may have been executed anew in between, and there are few.
    func send(_ text: String) throws(NotifySocketError) {
        let descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .failed(call: "socket", description, errno) }
        defer { close(descriptor) }
        var patience = timeval(tv_sec: 1, tv_usec: 0)
        guard
            setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size)) == 0
        else { throw .failed(call: "setsockopt", description, errno) }
        var (address, length) = self.address
        let bytes = Array(text.utf8)
        let sent = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
        guard sent == bytes.count else { throw .failed(call: "sendto", description, errno) }
    }

    private var address: (sockaddr_un, socklen_t) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { room in
            room.copyBytes(from: description.utf8)
            if description.hasPrefix("@") { room[0] = 0 }
        }
        // All bytes of the length belong to an abstract name.
        let start = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 0
        let isAbstract = description.hasPrefix("@")
        return (address, socklen_t(start + description.utf8.count + (isAbstract ? 0 : 1)))
    }

    private static let room = MemoryLayout.size(ofValue: sockaddr_un().sun_path)
}
