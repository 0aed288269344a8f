/// A reproducible source of numbers: one seed gives one sequence on every machine and in every run.
///
/// SplitMix64 (Steele, Lea and Flood, "Fast Splittable Pseudorandom Number Generators", OOPSLA 2014). The choices
/// below do not go through the standard library's sampling, whose algorithm may change between releases.
package struct SeededGenerator: RandomNumberGenerator, Sendable, Equatable {
    private var state: UInt64

    /// Starts the sequence that belongs to `seed`.
    package init(seed: UInt64) {
        state = seed
    }

    /// The next 64 bits of the sequence.
    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number in `0..<bound`, and 0 for a bound below 1.
    package mutating func below(_ bound: Int) -> Int {
        bound < 1 ? 0 : Int(next() % UInt64(bound))
    }

    /// One element of a list that is not empty.
    package mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[below(elements.count)]
    }

    /// True in `percent` of a hundred draws.
    package mutating func chance(percent: Int) -> Bool {
        below(100) < percent
    }

    /// The elements in another order (Fisher and Yates).
    package mutating func shuffle<Element>(_ elements: [Element]) -> [Element] {
        var shuffled = elements
        for index in shuffled.indices.dropFirst().reversed() {
            shuffled.swapAt(index, below(index + 1))
        }
        return shuffled
    }

    /// A word of `length` characters taken from `alphabet`.
    package mutating func word(of length: Int, from alphabet: [Character]) -> String {
        String((0..<length).map { _ in pick(alphabet) })
    }
}
