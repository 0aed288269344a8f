/// What happened on other threads, awaited by a test in the order in which it happened.
final class Events<Element: Sendable>: Sendable {
    private let stream: AsyncStream<Element>
    private let source: AsyncStream<Element>.Continuation

    init() {
        (stream, source) = AsyncStream.makeStream()
    }

    func happened(_ element: Element) {
        source.yield(element)
    }

    /// The first elements, as soon as there are so many; to be called once.
    func first(_ count: Int) async -> [Element] {
        var elements: [Element] = []
        for await element in stream {
            elements.append(element)
            if elements.count == count { break }
        }
        return elements
    }
}
