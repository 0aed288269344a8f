package import Measuring

/// One client on one connection that is kept, whose questions may take several pages to answer.
package struct PagedClient {
    private let socket: LoopbackSocket
    private let port: UInt16

    package init(port: UInt16) throws {
        self.port = port
        socket = try LoopbackSocket(port: port)
    }

    /// Asks, and goes on with each page's cursor as long as there is one and that is wanted.
    /// - Returns: what the client waited for answers in all; looking for a cursor is no waiting.
    package func ask(_ path: String, followingPages: Bool) throws -> (waited: Duration, pages: Int, last: Answer) {
        var waited = 0
        var pages = 0
        var request = RequestText(path: path)
        while true {
            let bytes = request.bytes(port: port)
            let asked = MonotonicClock.now
            let answer = try socket.answer(to: bytes)
            waited += MonotonicClock.now - asked
            pages += 1
            guard answer.status == 200 else { throw LoadError.refused(path: request.path, status: answer.status) }
            guard followingPages, let cursor = NextCursor.find(in: answer.body) else {
                return (.nanoseconds(waited), pages, answer)
            }
            request = RequestText(path: "\(path)&cursor=\(cursor)")
        }
    }
}
