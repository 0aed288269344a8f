import CEventQueue
import Foundation

/// The file of a unix socket, which outlives a process that is killed and must be removed by the next.
struct UnixSocketFile: Sendable {
    private let path: String
    private let device: UInt64
    private let inode: UInt64

    /// Notes which file was made, so that another server's is never removed.
    init?(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return nil }
        self.path = path
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    func remove() {
        guard let present = UnixSocketFile(path), present.device == device, present.inode == inode else { return }
        // A failure leaves a stale file, which the next start removes.
        unlink(path)
    }

    /// Removes a stale socket file; refuses to touch another kind of file or a socket that someone answers on.
    static func clear(_ path: String, for address: SocketAddress) throws(HTTPServerError) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        guard status.st_mode & S_IFMT == S_IFSOCK else { throw .pathOccupied(path) }
        let probe = event_stream_socket(AF_UNIX)
        guard probe >= 0 else { throw .system(call: "socket", subject: path, code: -probe) }
        defer { close(probe) }
        let result = address.withPointer { connect(probe, $0, $1) }
        // EAGAIN: its backlog is full, so somebody listens.
        if result == 0 || errno == EAGAIN { throw .addressInUse("unix:\(path)") }
        guard unlink(path) == 0 else { throw .permissionDenied("unix:\(path)") }
    }
}
