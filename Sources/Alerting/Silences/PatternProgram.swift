/// A regular expression as steps that are followed side by side, each at most once for every scalar
/// (Thompson, "Regular Expression Search Algorithm", 1968).
struct PatternProgram {
    private enum Step {
        case take(ScalarSet)
        case pass(PatternCheck)
        case fork(Int, Int)
        case accept
    }

    private var steps: [Step] = []

    init(_ node: PatternNode) throws(LabelPattern.Fault) {
        try append(node)
        try append(.accept)
    }

    /// Whether the whole text leads to the end.
    func accepts(_ text: [Unicode.Scalar]) -> Bool {
        var reached = Reached(count: steps.count)
        var following = Reached(count: steps.count)
        follow(0, after: nil, before: text.first, into: &reached)
        for (place, scalar) in text.enumerated() {
            guard !reached.takers.isEmpty else { return false }
            following.clear()
            let next = place + 1 < text.count ? text[place + 1] : nil
            for step in reached.takers {
                guard case .take(let set) = steps[step], set.contains(scalar) else { continue }
                follow(step + 1, after: scalar, before: next, into: &following)
            }
            swap(&reached, &following)
        }
        return reached.isAccepted
    }

    private struct Reached {
        private var isReached: [Bool]
        private var order: [Int] = []
        private(set) var takers: [Int] = []
        var isAccepted = false

        init(count: Int) { isReached = Array(repeating: false, count: count) }

        /// False where the step was reached before.
        mutating func reach(_ step: Int) -> Bool {
            guard !isReached[step] else { return false }
            isReached[step] = true
            order.append(step)
            return true
        }

        mutating func addTaker(_ step: Int) { takers.append(step) }

        mutating func clear() {
            for step in order { isReached[step] = false }
            order.removeAll(keepingCapacity: true)
            takers.removeAll(keepingCapacity: true)
            isAccepted = false
        }
    }

    /// Goes on to all that can be reached without a scalar.
    private func follow(
        _ first: Int,
        after previous: Unicode.Scalar?,
        before next: Unicode.Scalar?,
        into reached: inout Reached
    ) {
        var waiting = [first]
        while let step = waiting.popLast() {
            guard reached.reach(step) else { continue }
            switch steps[step] {
            case .take: reached.addTaker(step)
            case .pass(let check): if check.holds(after: previous, before: next) { waiting.append(step + 1) }
            case .fork(let one, let other): waiting += [one, other]
            case .accept: reached.isAccepted = true
            }
        }
    }
}

extension PatternProgram {
    private mutating func append(_ node: PatternNode) throws(LabelPattern.Fault) {
        switch node {
        case .scalar(let set): try append(.take(set))
        case .check(let check): try append(.pass(check))
        case .sequence(let nodes): for node in nodes { try append(node) }
        case .either(let branches): try append(either: branches[...])
        case .repeated(let node, let least, let most):
            for _ in 0..<least {
                let before = steps.count
                try append(node)
                // What has no steps is not bounded by their number, and says nothing the second time.
                if steps.count == before { break }
            }
            if let most {
                try append(node, atMost: most - least)
            } else {
                let fork = try placeholder()
                try append(node)
                try append(.fork(fork, fork))
                steps[fork] = .fork(fork + 1, steps.count)
            }
        }
    }

    private mutating func append(_ step: Step) throws(LabelPattern.Fault) {
        guard steps.count < Self.mostSteps else { throw .tooManyStates }
        steps.append(step)
    }

    /// Appends a step that is known only when what follows it stands.
    private mutating func placeholder() throws(LabelPattern.Fault) -> Int {
        try append(.accept)
        return steps.count - 1
    }

    private mutating func append(either branches: ArraySlice<PatternNode>) throws(LabelPattern.Fault) {
        var ends: [Int] = []
        for (index, branch) in branches.enumerated() {
            guard index < branches.count - 1 else {
                try append(branch)
                break
            }
            let fork = try placeholder()
            try append(branch)
            ends.append(try placeholder())
            steps[fork] = .fork(fork + 1, steps.count)
        }
        for end in ends { steps[end] = .fork(steps.count, steps.count) }
    }

    /// Each one more is inside the one before it, so that leaving any leaves all.
    private mutating func append(_ node: PatternNode, atMost count: Int) throws(LabelPattern.Fault) {
        var forks: [Int] = []
        for _ in 0..<count {
            forks.append(try placeholder())
            try append(node)
        }
        for fork in forks { steps[fork] = .fork(fork + 1, steps.count) }
    }

    /// Repetitions in repetitions multiply: without a bound `((a{1000}){1000}){1000}` would be a billion.
    private static let mostSteps = 20_000
}
