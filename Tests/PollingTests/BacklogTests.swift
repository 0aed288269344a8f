import Testing

@testable import Polling

struct BacklogTests {
    @Test func `an element waits once and loses its place when it leaves`() {
        var backlog = Backlog<String>()
        for element in ["a", "b", "a", "c"] { backlog.append(element) }
        backlog.remove("a")
        backlog.append("a")
        #expect((0..<4).map { _ in backlog.popFirst() } == ["b", "c", "a", nil])
    }

    @Test func `thousands of random uses agree with an array`() {
        for seed in 0..<1_000 {
            var random = SeededGenerator(seed: UInt64(seed))
            var backlog = Backlog<Int>()
            var model: [Int] = []
            for _ in 0..<120 {
                let element = Int.random(in: 0..<10, using: &random)
                switch Int.random(in: 0..<5, using: &random) {
                case 0:
                    #expect(backlog.popFirst() == (model.isEmpty ? nil : model.removeFirst()), "seed \(seed)")
                case 1, 2:
                    #expect(backlog.remove(element) == model.contains(element))
                    model.removeAll { $0 == element }
                default:
                    backlog.append(element)
                    if !model.contains(element) { model.append(element) }
                }
                #expect(backlog.count == model.count)
                #expect(backlog.isEmpty == model.isEmpty)
                #expect(backlog.contains(element) == model.contains(element))
            }
        }
    }
}
