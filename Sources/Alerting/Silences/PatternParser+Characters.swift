extension PatternParser {
    /// What follows a backslash outside brackets.
    mutating func escape() throws(LabelPattern.Fault) -> PatternNode {
        switch next {
        case "b", "B", "A", "z":
            switch try takeAny() {
            case "b": return .check(.wordBoundary)
            case "B": return .check(.noWordBoundary)
            case "A": return .check(.textStart)
            default: return .check(.textEnd)
            }
        default:
            var set = try escapedSet()
            set.ignoresCase = flags.ignoresCase
            return .scalar(set)
        }
    }

    /// What may be escaped both inside and outside brackets.
    private mutating func escapedSet() throws(LabelPattern.Fault) -> ScalarSet {
        let start = place
        let scalar = try takeAny()
        switch scalar {
        case "d": return .digit
        case "D": return ScalarSet.digit.complement
        case "w": return .word
        case "W": return ScalarSet.word.complement
        case "s": return .space
        case "S": return ScalarSet.space.complement
        case "a": return ScalarSet("\u{07}")
        case "f": return ScalarSet("\u{0C}")
        case "n": return ScalarSet("\n")
        case "r": return ScalarSet("\r")
        case "t": return ScalarSet("\t")
        case "v": return ScalarSet("\u{0B}")
        case "x": return ScalarSet(try hexadecimal())
        default:
            guard scalar.isASCII, !ScalarSet.word.contains(scalar) || scalar == "_" else {
                throw .unreadable("\\\(scalar) has no meaning here", at: start)
            }
            return ScalarSet(scalar)
        }
    }

    /// `\x41` or `\x{1F600}`.
    private mutating func hexadecimal() throws(LabelPattern.Fault) -> Unicode.Scalar {
        let start = place
        var digits = ""
        if take("{") {
            while let scalar = next, scalar != "}", digits.count < 6 {
                digits.unicodeScalars.append(scalar)
                place += 1
            }
            guard take("}") else { throw .unreadable("a number does not end", at: start) }
        } else {
            for _ in 0..<2 { digits.unicodeScalars.append(try takeAny()) }
        }
        guard digits.allSatisfy(\.isHexDigit), let value = UInt32(digits, radix: 16), let scalar = Unicode.Scalar(value)
        else { throw .unreadable("a number is of no character", at: start) }
        return scalar
    }

    /// A class of characters, of which the opening bracket is read.
    mutating func bracketed() throws(LabelPattern.Fault) -> ScalarSet {
        var set = ScalarSet([])
        set.isNegated = take("^")
        set.ignoresCase = flags.ignoresCase
        var isFirst = true
        while isFirst || next != "]" {
            isFirst = false
            let start = place
            if let named = try namedClass() {
                set.insert(named)
                continue
            }
            let low = try bracketedScalars()
            // After a class of characters, and before the end, a hyphen is itself.
            guard next == "-", let first = low.only, place + 1 < text.count, text[place + 1] != "]" else {
                set.insert(low)
                continue
            }
            place += 1
            let high = try bracketedScalars()
            guard let last = high.only, first <= last else {
                throw .unreadable("a range has no two ends in order", at: start)
            }
            set.insert(ScalarSet([first...last]))
        }
        place += 1
        return set
    }

    private mutating func bracketedScalars() throws(LabelPattern.Fault) -> ScalarSet {
        let scalar = try takeAny()
        return try scalar == "\\" ? escapedSet() : ScalarSet(scalar)
    }

    /// `[:alpha:]` or `[:^alpha:]` inside brackets.
    private mutating func namedClass() throws(LabelPattern.Fault) -> ScalarSet? {
        guard next == "[", place + 1 < text.count, text[place + 1] == ":" else { return nil }
        let start = place
        place += 2
        let isNegated = take("^")
        var name = ""
        while let scalar = next, scalar != ":" {
            name.unicodeScalars.append(scalar)
            place += 1
        }
        guard take(":"), take("]"), let set = ScalarSet.named[name] else {
            throw .unreadable("no class of characters has that name", at: start)
        }
        return isNegated ? set.complement : set
    }
}

extension ScalarSet {
    /// The scalar of a set of one.
    fileprivate var only: UInt32? {
        ranges.count == 1 && ranges[0].count == 1 ? ranges[0].lowerBound : nil
    }
}
