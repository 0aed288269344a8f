import Foundation
import Testing

/// A client that leaves as one does whose machine or whose task is ended: with a reset, so that its server knows at once.
struct DepartingClient {
    private let descriptor: Int32

    /// - Parameter base: `http://127.0.0.1:PORT`.
    init(of base: String) throws {
        let port = try #require(base.split(separator: ":").last.flatMap { UInt16($0) })
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let code = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(code == 0)
    }

    func ask(_ sql: String) throws {
        let body = #"{"sql":"\#(sql)"}"#
        let request = Array(
            """
            POST /api/v1/query HTTP/1.1\r
            Host: 127.0.0.1\r
            Content-Type: application/json\r
            Content-Length: \(body.utf8.count)\r
            \r
            \(body)
            """.utf8
        )
        try #require(send(descriptor, request, request.count, Int32(MSG_NOSIGNAL)) == request.count)
    }

    func leave() {
        var reset = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &reset, socklen_t(MemoryLayout<linger>.size))
        close(descriptor)
    }
}
