/// A queue, first come first served, that holds an element at most once and lets go of any element at once.
struct Backlog<Element: Hashable & Sendable>: Sendable {
    /// Includes places whose element was removed or has come again behind; a place counts if `places` names it.
    private var queue: ArraySlice<Element> = []
    private var places: [Element: Int] = [:]

    var isEmpty: Bool { places.isEmpty }
    var count: Int { places.count }

    func contains(_ element: Element) -> Bool { places[element] != nil }

    /// Puts an element last, unless it is already waiting.
    mutating func append(_ element: Element) {
        guard places[element] == nil else { return }
        dropDeadPlaces()
        places[element] = queue.endIndex
        queue.append(element)
    }

    mutating func popFirst() -> Element? {
        while let place = queue.indices.first, let element = queue.popFirst() {
            guard places[element] == place else { continue }
            places[element] = nil
            return element
        }
        return nil
    }

    @discardableResult
    mutating func remove(_ element: Element) -> Bool {
        places.removeValue(forKey: element) != nil
    }

    /// Keeps the queue within twice what is waiting, so that removals cost no memory.
    private mutating func dropDeadPlaces() {
        guard queue.count > 2 * places.count + 16 else { return }
        queue = ArraySlice(zip(queue.indices, queue).filter { places[$1] == $0 }.map(\.1))
        places = Dictionary(uniqueKeysWithValues: zip(queue, queue.indices))
    }
}
