/// A file's characters with the arithmetic between their places and their lines and columns.
///
/// Lines end where libYAML ends them (YAML 1.1 §4.1.4: CR, LF, CR LF, NEL, LS, PS), so that its marks are ours.
struct SourceText: Sendable {
    private(set) var scalars: [Unicode.Scalar]
    private let lineStarts: [Int]

    /// More than 10,000 clusters need; a bound for what a mistaken path can make us read.
    static let maximumBytes = 16 << 20

    /// Why bytes are no text for a configuration, and where.
    struct Refusal: Error, Equatable {
        let position: SourcePosition
        let sentence: String
    }

    init(_ bytes: [UInt8]) throws(Refusal) {
        guard bytes.count <= Self.maximumBytes else {
            throw Refusal(position: .start, sentence: "is larger than \(SizeText.format(Self.maximumBytes))")
        }
        guard !bytes.starts(with: [0xFE, 0xFF]), !bytes.starts(with: [0xFF, 0xFE]) else {
            throw Refusal(position: .start, sentence: "is UTF-16; save it as UTF-8")
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Self.firstEncodingError(in: bytes)
        }
        var scalars = Array(text.unicodeScalars)
        if scalars.first == "\u{FEFF}" { scalars.removeFirst() }
        self.scalars = scalars
        self.lineStarts = Self.lineStarts(in: scalars)
        for index in scalars.indices where !Self.allows(scalars[index]) {
            let code = String(scalars[index].value, radix: 16, uppercase: true)
            throw Refusal(position: position(at: index), sentence: "the character U+\(code) is not allowed here")
        }
    }

    /// The text as it stands now.
    var string: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: scalars)
        return String(view)
    }

    func position(at index: Int) -> SourcePosition {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= index { low = middle } else { high = middle }
        }
        return SourcePosition(line: low + 1, column: index - lineStarts[low] + 1)
    }

    func index(at position: SourcePosition) -> Int? {
        guard lineStarts.indices.contains(position.line - 1), position.column >= 1 else { return nil }
        let index = lineStarts[position.line - 1] + position.column - 1
        return scalars.indices.contains(index) ? index : nil
    }

    /// The place itself, or the end of the text where the parser counts a line behind it.
    func clamped(_ position: SourcePosition) -> SourcePosition {
        min(position, self.position(at: scalars.count))
    }

    /// Puts another character in the place of one, which moves no other.
    mutating func replace(at index: Int, with scalar: Unicode.Scalar) {
        scalars[index] = scalar
    }

    /// YAML's printable characters (1.2 §5.1) without the private plane that `YAMLMask` works with.
    private static func allows(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0x09, 0x0A, 0x0D, 0x85, 0xA0...0xD7FF, 0xE000...0xFEFE, 0xFF00...0xFFFD: true
        case 0xF0000...0xFFFFF: false
        case 0x10000...: true
        default: false
        }
    }

    private static func lineStarts(in scalars: [Unicode.Scalar]) -> [Int] {
        var starts = [0]
        for index in scalars.indices {
            switch scalars[index] {
            case "\r" where index + 1 < scalars.count && scalars[index + 1] == "\n": continue
            case "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": starts.append(index + 1)
            default: continue
            }
        }
        return starts
    }

    private static func firstEncodingError(in bytes: [UInt8]) -> Refusal {
        var decoder = UTF8()
        var iterator = bytes.makeIterator()
        var position = SourcePosition.start
        while case .scalarValue(let scalar) = decoder.decode(&iterator) {
            position.column += 1
            if scalar == "\n" { position = SourcePosition(line: position.line + 1, column: 1) }
        }
        return Refusal(position: position, sentence: "is not valid UTF-8 from here on")
    }
}
