import ClusterLinks

/// Who is to be looked at when: a binary heap, the earliest first, of one instant the lowest number.
struct WakeQueue {
    private struct Entry {
        let at: Instant
        let number: Int

        func precedes(_ other: Entry) -> Bool { (at, number) < (other.at, other.number) }
    }

    private var entries: [Entry] = []
    /// What is true of each; an entry that says something else is out of date.
    private var due: [Instant?]

    init(count: Int) { due = Array(repeating: nil, count: count) }

    /// Sets when somebody is to be looked at next; nil for never.
    mutating func set(_ number: Int, at instant: Instant?) {
        guard due[number] != instant else { return }
        due[number] = instant
        guard let instant else { return }
        entries.append(Entry(at: instant, number: number))
        rise(from: entries.count - 1)
    }

    /// Who is first, and when.
    mutating func first() -> (number: Int, at: Instant)? {
        while let top = entries.first {
            if due[top.number] == top.at { return (top.number, top.at) }
            removeTop()
        }
        return nil
    }

    private mutating func removeTop() {
        entries.swapAt(0, entries.count - 1)
        entries.removeLast()
        var place = 0
        while true {
            let left = 2 * place + 1
            guard left < entries.count else { return }
            let right = left + 1
            let child = right < entries.count && entries[right].precedes(entries[left]) ? right : left
            guard entries[child].precedes(entries[place]) else { return }
            entries.swapAt(child, place)
            place = child
        }
    }

    private mutating func rise(from start: Int) {
        var place = start
        while place > 0 {
            let parent = (place - 1) / 2
            guard entries[place].precedes(entries[parent]) else { return }
            entries.swapAt(place, parent)
            place = parent
        }
    }
}
