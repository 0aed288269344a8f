/// Easy handles at rest, by session: the handle that was used last is used next, for it has the newest TLS session.
struct SessionPool {
    /// A session's requests in parallel are few; what a burst needs beyond them is not kept.
    static let handlesPerSession = 4

    private var idle: [CurlSessionID: [EasyHandle]] = [:]

    mutating func take(for session: CurlSessionID) throws(CurlCode) -> EasyHandle {
        if let rested = idle[session]?.popLast() { return rested }
        return try EasyHandle()
    }

    mutating func giveBack(_ easy: EasyHandle, to session: CurlSessionID) {
        guard idle[session, default: []].count < Self.handlesPerSession else { return }
        idle[session, default: []].append(easy)
    }

    mutating func forget(_ session: CurlSessionID) {
        idle[session] = nil
    }
}
