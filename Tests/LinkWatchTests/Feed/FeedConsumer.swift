import ExactJSON
import Foundation
import Locking

/// Follows the change feed of a service that may be gone at any moment, and remembers what it was told.
///
/// It begins with a list, goes on from the list's `Linkwatch-Sequence`, and connects again as often as it has to, or likes
/// to: now as a stream, now page by page.
final class FeedConsumer: Sendable {
    private struct State {
        var isWanted = true
        var start: Int?
        var links: [JSONValue] = []
        var told: [JSONValue] = []
        var violations: [String] = []
        var streams = 0
        var pages = 0
        var waiters: [(count: Int, continuation: CheckedContinuation<Void, Never>)] = []

        var last: Int { (start ?? 0) + told.count }
    }

    private let port: UInt16
    private let state = Locked(State())
    /// Called on the consumer's thread with the number of changes it knows by then.
    private let onTold: @Sendable (Int) -> Void

    init(port: UInt16, onTold: @escaping @Sendable (Int) -> Void) {
        self.port = port
        self.onTold = onTold
    }

    /// The sequence that the first list named.
    var start: Int? { state.withLock(\.start) }
    /// The links of the first list.
    var links: [JSONValue] { state.withLock(\.links) }
    var told: [JSONValue] { state.withLock(\.told) }
    var violations: [String] { state.withLock(\.violations) }
    var connections: (streams: Int, pages: Int) { state.withLock { ($0.streams, $0.pages) } }
    var last: Int { state.withLock(\.last) }

    /// Follows until it is stopped.
    func follow(seed: Int) {
        Thread.detachNewThread {
            var random = SystemRandomNumberGenerator()
            while self.isWanted {
                do {
                    if self.start == nil {
                        try self.begin()
                    } else if Int.random(in: 0..<3, using: &random) > 0 {
                        try self.stream(events: .random(in: 1...40, using: &random))
                    } else {
                        try self.page(limit: .random(in: 1...20, using: &random))
                    }
                } catch {
                    // The service is gone; the next connection waits until it is back.
                }
            }
        }
    }

    func stop() {
        let waiters = state.withLock { state in
            state.isWanted = false
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.continuation.resume() }
    }

    /// Waits until the last change it knows has that number, or it is stopped.
    func knows(_ sequence: Int) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.last >= sequence && state.start != nil || !state.isWanted { return true }
                state.waiters.append((sequence, continuation))
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    private var isWanted: Bool { state.withLock(\.isWanted) }

    private func ask(_ target: String, _ fields: [String: String] = [:]) throws -> FeedConnection {
        try FeedConnection(port: port, target, fields: fields) { self.isWanted }
    }

    private func begin() throws {
        let answer = try ask("/api/v1/links?limit=1000")
        let links = try JSONValue(parsing: answer.body())["data"].array ?? []
        guard answer.status == 200 else { return }
        guard let sequence = answer.fields["linkwatch-sequence"].flatMap(Int.init) else {
            return violated("a list without Linkwatch-Sequence")
        }
        state.withLock { ($0.start, $0.links) = (sequence, links) }
        onTold(sequence)
    }

    /// Takes so many events and then leaves of its own accord.
    private func stream(events: Int) throws {
        let answer = try ask("/api/v1/changes/stream", ["Last-Event-ID": "\(last)"])
        guard answer.status == 200 else { return refused(answer, "the stream") }
        guard answer.fields["content-type"]?.hasPrefix("text/event-stream") == true else {
            return violated("a stream of \(answer.fields["content-type"] ?? "nothing")")
        }
        state.withLock { $0.streams += 1 }
        var (id, event, data): (String?, String?, [String]) = (nil, nil, [])
        var count = 0
        while count < events, let line = try answer.line() {
            if line.isEmpty {
                if event == "change", !data.isEmpty {
                    let change = try JSONValue(parsing: data.joined(separator: "\n"))
                    if id != change["sequence"].number { violated("id \(id ?? "-") of \(change.shown)") }
                    take(change)
                    count += 1
                } else if let id, !data.isEmpty || id != "\(last)" {
                    // An event without data only says from where the stream goes on.
                    violated("the id \(id) without a change: \(event ?? "")")
                }
                (id, event, data) = (nil, nil, [])
            } else if let value = line.value(of: "id") {
                id = value
            } else if let value = line.value(of: "event") {
                event = value
            } else if let value = line.value(of: "data") {
                data.append(value)
            }
        }
    }

    private func page(limit: Int) throws {
        let known = last
        let answer = try ask("/api/v1/changes?after=\(known)&wait=2s&limit=\(limit)")
        guard answer.status == 200 else { return refused(answer, "a page") }
        let page = try JSONValue(parsing: answer.body())
        state.withLock { $0.pages += 1 }
        if page.rows.count > limit { violated("\(page.rows.count) changes in a page of \(limit)") }
        for change in page.rows { take(change) }
        if page["next_cursor"].string.flatMap(Int.init) ?? page["next_cursor"].whole != last {
            violated("next_cursor \(page["next_cursor"].shown) after \(last)")
        }
    }

    private func take(_ change: JSONValue) {
        let (known, waiters) = state.withLock { state in
            if change["sequence"].whole != state.last + 1 {
                state.violations.append("\(change["sequence"].shown) came after \(state.last)")
            }
            state.told.append(change)
            let last = state.last
            let ready = state.waiters.filter { $0.count <= last }
            state.waiters.removeAll { $0.count <= last }
            return (last, ready)
        }
        for waiter in waiters { waiter.continuation.resume() }
        onTold(known)
    }

    /// A service that is stopping may turn a consumer away, but never because of where the consumer is.
    private func refused(_ answer: FeedConnection, _ what: String) {
        if answer.status != 503 { violated("\(what) after \(last): status \(answer.status)") }
    }

    private func violated(_ what: String) {
        state.withLock { if $0.violations.count < 20 { $0.violations.append(what) } }
    }
}

extension JSONValue {
    var whole: Int? { if case .number(let number) = self { number.int } else { nil } }

    fileprivate var number: String? { whole.map(String.init) }

    var shown: String { String(decoding: encoded.prefix(300), as: UTF8.self) }
}

extension String {
    /// What stands in a line of server-sent events behind a field's name.
    fileprivate func value(of field: String) -> String? {
        guard hasPrefix(field + ":") else { return nil }
        let value = dropFirst(field.count + 1)
        return String(value.first == " " ? value.dropFirst() : value)
    }
}
