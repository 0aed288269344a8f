import ClusterLinks

/// What the versions need to know of every document, in a few bytes each: documents are told by the million.
struct StoredContents {
    private var keys: [Int64] = []
    /// Where the trouble of each is found in `troubles`.
    private var places: [UInt32] = []
    private var isReferred: [Bool] = []
    /// Every trouble that occurs; the first place is for none.
    private var troubles: [Trouble?] = [nil]
    private var known: [Trouble: UInt32] = [:]

    var count: Int { keys.count }

    var unreferredCount: Int { isReferred.count { !$0 } }

    /// Takes in a document, in order of the keys.
    mutating func add(_ key: Int64, trouble: Trouble?) {
        keys.append(key)
        isReferred.append(false)
        guard let trouble else { return places.append(0) }
        if let place = known[trouble] { return places.append(place) }
        let place = UInt32(troubles.count)
        known[trouble] = place
        troubles.append(trouble)
        places.append(place)
    }

    /// Remembers that something refers to a document.
    mutating func refer(to key: Int64) {
        if let index = index(of: key) { isReferred[index] = true }
    }

    /// Nil for a document without trouble, and for one that is not there.
    func trouble(of key: Int64) -> Trouble? { index(of: key).flatMap { troubles[Int(places[$0])] } }

    private func index(of key: Int64) -> Int? {
        guard let first = keys.first, let last = keys.last, key >= first, key <= last else { return nil }
        // Where nothing was deleted, keys follow each other.
        let guess = Int(key - first)
        if guess < keys.count, keys[guess] == key { return guess }
        var (low, high) = (0, min(guess, keys.count))
        while low < high {
            let middle = (low + high) / 2
            if keys[middle] < key { low = middle + 1 } else { high = middle }
        }
        return low < keys.count && keys[low] == key ? low : nil
    }
}
