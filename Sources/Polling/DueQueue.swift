/// Keys in the order in which they fall due: a binary heap that knows where each key lies.
///
/// Each key has one due instant that may be moved or taken away; of two keys due at the same instant, the one set first
/// comes first.
struct DueQueue<Key: Hashable & Sendable>: Sendable {
    private struct Entry {
        let key: Key
        let due: Duration
        let sequence: UInt64

        static func < (left: Entry, right: Entry) -> Bool {
            left.due == right.due ? left.sequence < right.sequence : left.due < right.due
        }
    }

    private var heap: [Entry] = []
    private var positions: [Key: Int] = [:]
    private var sequence: UInt64 = 0

    /// When the first key falls due.
    var firstDue: Duration? { heap.first?.due }
    var count: Int { heap.count }

    /// Sets when a key falls due; nil takes it out.
    mutating func set(_ key: Key, due: Duration?) {
        guard let due else { return remove(key) }
        guard let position = positions[key] else {
            return insert(key, due: due)
        }
        guard heap[position].due != due else { return }
        place(entry(key, due: due), at: position)
        restoreOrder(around: position)
    }

    /// Takes out the first key if it is due by the given instant.
    mutating func popFirst(dueBy now: Duration) -> Key? {
        guard let first = heap.first, first.due <= now else { return nil }
        remove(first.key)
        return first.key
    }

    private mutating func insert(_ key: Key, due: Duration) {
        let new = entry(key, due: due)
        heap.append(new)
        positions[key] = heap.count - 1
        siftUp(from: heap.count - 1)
    }

    private mutating func remove(_ key: Key) {
        guard let position = positions.removeValue(forKey: key), let last = heap.popLast() else { return }
        guard position < heap.count else { return }
        place(last, at: position)
        restoreOrder(around: position)
    }

    private mutating func entry(_ key: Key, due: Duration) -> Entry {
        sequence += 1
        return Entry(key: key, due: due, sequence: sequence)
    }

    private mutating func place(_ entry: Entry, at position: Int) {
        heap[position] = entry
        positions[entry.key] = position
    }

    private mutating func restoreOrder(around position: Int) {
        siftDown(from: siftUp(from: position))
    }

    @discardableResult
    private mutating func siftUp(from start: Int) -> Int {
        let moved = heap[start]
        var position = start
        while position > 0, moved < heap[(position - 1) / 2] {
            place(heap[(position - 1) / 2], at: position)
            position = (position - 1) / 2
        }
        place(moved, at: position)
        return position
    }

    private mutating func siftDown(from start: Int) {
        let moved = heap[start]
        var position = start
        while let child = smallerChild(of: position), heap[child] < moved {
            place(heap[child], at: position)
            position = child
        }
        place(moved, at: position)
    }

    private func smallerChild(of position: Int) -> Int? {
        let left = 2 * position + 1
        guard left < heap.count else { return nil }
        let right = left + 1
        return right < heap.count && heap[right] < heap[left] ? right : left
    }
}
