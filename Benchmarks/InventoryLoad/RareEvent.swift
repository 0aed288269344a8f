import Foundation

/// Which of many turns bring something, each with the same small probability: the turns between are only counted down.
struct RareEvent {
    private let probability: Double
    private var generator: SeededGenerator
    private var turnsWithout: Int

    /// - Parameter probability: at least 0, where nothing ever happens, and less than 1.
    init(probability: Double, seed: UInt64) {
        self.probability = probability
        generator = SeededGenerator(seed: seed)
        turnsWithout = 0
        draw()
    }

    /// Takes a turn; true where it brings something.
    mutating func happens() -> Bool {
        guard turnsWithout == 0 else {
            turnsWithout -= 1
            return false
        }
        draw()
        return true
    }

    /// The turns before the first success of so many are distributed geometrically.
    private mutating func draw() {
        guard probability > 0 else {
            turnsWithout = .max
            return
        }
        let uniform = (Double(generator.next() >> 11) + 0.5) / Double(1 << 53)
        turnsWithout = Int((log(uniform) / log1p(-probability)).rounded(.down))
    }
}
