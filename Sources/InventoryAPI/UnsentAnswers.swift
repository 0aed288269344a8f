import Locking

/// How many bytes of clusters' large answers are held at once for clients that have not taken them yet.
///
/// Each is one client's own, unlike what is made of the inventory and shared: clients who ask and do not read would fill the
/// memory, as no place among the requests under way is theirs any more.
final class UnsentAnswers: Sendable {
    /// Room for one answer, given back with the last reference to it.
    final class Place: Sendable {
        private let answers: UnsentAnswers
        private let count: Int

        fileprivate init(_ count: Int, among answers: UnsentAnswers) {
            self.answers = answers
            self.count = count
        }

        deinit { answers.held.withLock { $0 -= count } }
    }

    /// Answers of up to so many bytes take no place: a connection's own buffers are as large.
    static let small = 64 * 1024

    private let limit: Int
    private let held = Locked(0)

    /// - Parameter limit: in bytes; four of the largest answers that are passed on, unless given.
    init(limit: Int = 64 << 20) { self.limit = limit }

    /// Takes a place for an answer of so many bytes; nil where there is none.
    func place(for count: Int) -> Place? {
        let fits = held.withLock { held in
            guard held + count <= limit else { return false }
            held += count
            return true
        }
        return fits ? Place(count, among: self) : nil
    }
}
