/// Bytes the kernel did not take yet, in their order.
struct OutputQueue {
    private var pieces: [[UInt8]] = []
    private var first = 0
    /// Bytes of the first piece that were sent.
    private var sent = 0

    var isEmpty: Bool { first == pieces.count }

    mutating func append(_ piece: [UInt8], from start: Int = 0) {
        guard start < piece.count else { return }
        if isEmpty { sent = start }
        pieces.append(isEmpty || start == 0 ? piece : Array(piece[start...]))
    }

    /// Sends as much as one call takes.
    mutating func send(through socket: StreamSocket) -> StreamSocket.Transfer {
        guard !isEmpty else { return .bytes(0) }
        let transfer = pieces[first].withUnsafeBytes { head in
            let rest = UnsafeRawBufferPointer(rebasing: head[sent...])
            guard first + 1 < pieces.count else {
                return socket.send(rest, UnsafeRawBufferPointer(start: nil, count: 0))
            }
            return pieces[first + 1].withUnsafeBytes { socket.send(rest, $0) }
        }
        if case .bytes(let count) = transfer { advance(by: count) }
        return transfer
    }

    private mutating func advance(by count: Int) {
        sent += count
        while first < pieces.count, sent >= pieces[first].count {
            sent -= pieces[first].count
            pieces[first] = []
            first += 1
        }
        guard isEmpty else { return }
        pieces.removeAll()
        first = 0
        sent = 0
    }
}
