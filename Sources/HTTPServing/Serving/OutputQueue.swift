/// What the kernel did not take yet, in its order.
struct OutputQueue {
    private enum Piece {
        case bytes([UInt8])
        case file(BodyFile)

        var count: Int {
            switch self {
            case .bytes(let bytes): bytes.count
            case .file(let file): file.count
            }
        }
    }

    private var pieces: [Piece] = []
    private var first = 0
    /// Bytes of the first piece that were sent.
    private var sent = 0

    var isEmpty: Bool { first == pieces.count }

    mutating func append(_ piece: [UInt8], from start: Int = 0) {
        guard start < piece.count else { return }
        if isEmpty { sent = start }
        pieces.append(.bytes(isEmpty || start == 0 ? piece : Array(piece[start...])))
    }

    mutating func append(_ file: BodyFile) {
        pieces.append(.file(file))
    }

    /// Sends as much as one call takes.
    mutating func send(through socket: StreamSocket) -> StreamSocket.Transfer {
        guard !isEmpty else { return .bytes(0) }
        let transfer =
            switch pieces[first] {
            case .file(let file): socket.send(file, from: sent)
            case .bytes(let bytes): send(bytes, through: socket)
            }
        if case .bytes(let count) = transfer { advance(by: count) }
        return transfer
    }

    private func send(_ bytes: [UInt8], through socket: StreamSocket) -> StreamSocket.Transfer {
        bytes.withUnsafeBytes { head in
            let rest = UnsafeRawBufferPointer(rebasing: head[sent...])
            let nothing = UnsafeRawBufferPointer(start: nil, count: 0)
            guard first + 1 < pieces.count else { return socket.send(rest, nothing) }
            guard case .bytes(let next) = pieces[first + 1] else { return socket.send(rest, nothing, more: true) }
            return next.withUnsafeBytes { socket.send(rest, $0) }
        }
    }

    private mutating func advance(by count: Int) {
        sent += count
        while first < pieces.count, sent >= pieces[first].count {
            sent -= pieces[first].count
            pieces[first] = .bytes([])
            first += 1
        }
        guard isEmpty else { return }
        pieces.removeAll()
        first = 0
        sent = 0
    }
}
