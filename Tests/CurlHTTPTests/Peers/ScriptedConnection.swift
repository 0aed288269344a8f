import Foundation

/// A server's side of one connection: what to read and how to misbehave; used on its own thread only.
final class ScriptedConnection {
    struct Request {
        var head: String
        var body: [UInt8]

        var method: Substring { head.prefix { $0 != " " } }
        var target: Substring { head.dropFirst(method.count + 1).prefix { $0 != " " } }

        subscript(_ name: String) -> String? {
            for line in head.split(separator: "\r\n").dropFirst() {
                let parts = line.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
                if parts[0].lowercased() == name.lowercased() { return parts[1].trimmingCharacters(in: .whitespaces) }
            }
            return nil
        }
    }

    /// 1 for a server's first connection.
    let number: Int
    private let descriptor: Int32
    private var unread: [UInt8] = []

    init(number: Int, descriptor: Int32) {
        self.number = number
        self.descriptor = descriptor
    }

    /// The next request on the connection, or nil if the client has ended it.
    func readRequest() -> Request? {
        while true {
            if let end = unread.firstRange(of: Array("\r\n\r\n".utf8)) {
                var request = Request(head: String(decoding: unread[..<end.upperBound], as: UTF8.self), body: [])
                let length = request["Content-Length"].flatMap { Int($0) } ?? 0
                if unread.count >= end.upperBound + length {
                    request.body = Array(unread[end.upperBound..<end.upperBound + length])
                    unread.removeFirst(end.upperBound + length)
                    return request
                }
            }
            guard fill() else { return nil }
        }
    }

    private func fill() -> Bool {
        var piece = [UInt8](repeating: 0, count: 16_384)
        let count = recv(descriptor, &piece, piece.count, 0)
        guard count > 0 else { return false }
        unread += piece[..<count]
        return true
    }

    /// - Returns: false if the client has gone.
    @discardableResult
    func write(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    @discardableResult
    func write(_ text: String) -> Bool {
        write(Array(text.utf8))
    }

    func answer(_ status: String = "200 OK", headers: [String] = [], body: [UInt8] = []) {
        let lines = ["HTTP/1.1 \(status)", "Content-Length: \(body.count)"] + headers
        write(Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body)
    }

    func answer(_ status: String = "200 OK", headers: [String] = [], body: String) {
        answer(status, headers: headers, body: Array(body.utf8))
    }

    /// Answers every request on the connection in the same way.
    func answerAll(body: String = "ok") {
        while readRequest() != nil { answer(body: body) }
    }

    /// Reads until the client ends the connection.
    func waitForEnd() {
        while fill() {}
    }

    /// - Returns: whether the client did or sent something within that time.
    func hears(within milliseconds: Int32) -> Bool {
        var poller = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        return poll(&poller, 1, milliseconds) > 0
    }

    /// Makes the closing that follows the script's end a reset (RST) instead of an orderly end.
    func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }
}
