import Testing

@testable import Polling

struct DueQueueTests {
    @Test func `keys due at one instant come in the order they were set`() {
        var queue = DueQueue<String>()
        for key in ["c", "a", "b"] { queue.set(key, due: .s(1)) }
        #expect(queue.popFirst(dueBy: .ms(999)) == nil)
        #expect((0..<4).map { _ in queue.popFirst(dueBy: .s(1)) } == ["c", "a", "b", nil])
    }

    @Test func `thousands of random orders agree with sorting`() {
        for seed in 0..<1_000 {
            var random = SeededGenerator(seed: UInt64(seed))
            var queue = DueQueue<Int>()
            var model: [(key: Int, due: Duration)] = []
            for _ in 0..<60 {
                let key = Int.random(in: 0..<12, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0:
                    queue.set(key, due: nil)
                    model.removeAll { $0.key == key }
                case 1:
                    let now = Duration.s(.random(in: 0..<20, using: &random))
                    // `min` gives the first of equals, which is the one set first.
                    let first = model.min { $0.due < $1.due }.flatMap { $0.due <= now ? $0.key : nil }
                    #expect(queue.popFirst(dueBy: now) == first, "seed \(seed)")
                    model.removeAll { $0.key == first }
                default:
                    let due = Duration.s(.random(in: 0..<20, using: &random))
                    queue.set(key, due: due)
                    if !model.contains(where: { $0 == (key, due) }) {
                        model.removeAll { $0.key == key }
                        model.append((key, due))
                    }
                }
                #expect(queue.firstDue == model.map(\.due).min())
                #expect(queue.count == model.count)
            }
        }
    }
}
