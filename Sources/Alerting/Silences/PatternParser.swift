/// Reads RE2's syntax as far as `LabelPattern` understands it.
struct PatternParser {
    struct Flags {
        var ignoresCase = false
        var dotIsAnything = false
        var isMultiline = false
    }

    let text: [Unicode.Scalar]
    /// How many scalars are read.
    var place = 0
    private(set) var flags = Flags()
    private var depth = 0

    init(_ source: String) { text = Array(source.unicodeScalars) }

    mutating func parse() throws(LabelPattern.Fault) -> PatternNode {
        let node = try alternation()
        guard next == nil else { throw .unreadable("a group ends that did not begin", at: place) }
        return node
    }

    var next: Unicode.Scalar? { place < text.count ? text[place] : nil }

    mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        place += 1
        return true
    }

    mutating func takeAny() throws(LabelPattern.Fault) -> Unicode.Scalar {
        guard let scalar = next else { throw .unreadable("the expression breaks off", at: place) }
        place += 1
        return scalar
    }

    /// Flags that are set inside a group last to its end.
    private mutating func alternation() throws(LabelPattern.Fault) -> PatternNode {
        let outer = flags
        depth += 1
        defer {
            flags = outer
            depth -= 1
        }
        guard depth <= Self.deepest else { throw .unreadable("groups lie too deep in one another", at: place) }
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return .either(branches)
    }

    private mutating func sequence() throws(LabelPattern.Fault) -> PatternNode {
        var nodes: [PatternNode] = []
        while let scalar = next, scalar != "|", scalar != ")" {
            if let atom = try atom() { nodes.append(try repetition(of: atom)) }
        }
        return .sequence(nodes)
    }

    private mutating func repetition(of node: PatternNode) throws(LabelPattern.Fault) -> PatternNode {
        guard let (least, most) = try counts() else { return node }
        // Whether it takes much or little makes no difference to whether the whole text matches.
        _ = take("?")
        let start = place
        guard try counts() == nil else { throw .unreadable("a repetition is repeated", at: start) }
        return .repeated(node, least: least, most: most)
    }

    /// Nil, and nothing taken, where no repetition stands; braces that hold no counts are themselves.
    private mutating func counts() throws(LabelPattern.Fault) -> (least: Int, most: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        let start = place
        guard take("{"), let least = number() else {
            place = start
            return nil
        }
        var most: Int? = least
        if take(",") { most = next == "}" ? nil : number() ?? -1 }
        guard most != -1, take("}") else {
            place = start
            return nil
        }
        guard least <= Self.highestCount, (most ?? least) <= Self.highestCount, (most ?? least) >= least else {
            throw .unreadable("a count is over \(Self.highestCount) or the second below the first", at: start)
        }
        return (least, most)
    }

    private mutating func number() -> Int? {
        var digits = ""
        while let scalar = next, ScalarSet.digit.contains(scalar) {
            digits.unicodeScalars.append(scalar)
            place += 1
        }
        return digits.isEmpty ? nil : Int(digits) ?? .max
    }

    /// Nil for a group that only sets flags.
    private mutating func atom() throws(LabelPattern.Fault) -> PatternNode? {
        let start = place
        let scalar = try takeAny()
        switch scalar {
        case "(": return try group()
        case "[": return .scalar(try bracketed())
        case ".": return .scalar(flags.dotIsAnything ? .all : ScalarSet.newline.complement)
        case "^": return .check(flags.isMultiline ? .lineStart : .textStart)
        case "$": return .check(flags.isMultiline ? .lineEnd : .textEnd)
        case "\\": return try escape()
        case "*", "+", "?": throw .unreadable("nothing stands before a repetition", at: start)
        default: return .scalar(literal(scalar))
        }
    }

    private func literal(_ scalar: Unicode.Scalar) -> ScalarSet {
        var set = ScalarSet(scalar)
        set.ignoresCase = flags.ignoresCase
        return set
    }

    private mutating func group() throws(LabelPattern.Fault) -> PatternNode? {
        let outer = flags
        if take("?") {
            let isNamed = take("P")
            if take("<") {
                try groupName()
            } else if isNamed {
                throw .unreadable("a name is missing", at: place)
            } else if try setFlags() {
                return nil
            }
        }
        let node = try alternation()
        flags = outer
        guard take(")") else { throw .unreadable("a group does not end", at: place) }
        return node
    }

    private mutating func groupName() throws(LabelPattern.Fault) {
        let start = place
        while let scalar = next, ScalarSet.word.contains(scalar) { place += 1 }
        // Looking behind, which RE2 has not, fails here too.
        guard place > start, take(">") else { throw .unreadable("a group has no proper name", at: start) }
    }

    /// True where the flags are for the rest of the group around, false where a group of their own follows.
    private mutating func setFlags() throws(LabelPattern.Fault) -> Bool {
        var isOn = true
        while true {
            let start = place
            switch try takeAny() {
            case "i": flags.ignoresCase = isOn
            case "s": flags.dotIsAnything = isOn
            case "m": flags.isMultiline = isOn
            case "U": break
            case "-": isOn = false
            case ")": return true
            case ":": return false
            default: throw .unreadable("a group begins with what is no flag", at: start)
            }
        }
    }

    private static let deepest = 200
    /// RE2's own limit.
    private static let highestCount = 1000
}
