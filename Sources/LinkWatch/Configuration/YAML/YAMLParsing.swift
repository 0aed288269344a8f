import Yams

/// Turns text into Yams' tree, with what Yams keeps to itself: where *both* places of a duplicate key are.
///
/// Yams throws at the first mapping with duplicates and names the earlier place only. To go on, the earlier key is made
/// another one by replacing its first character (which moves no mark) and the text is parsed again.
struct YAMLParsing {
    private(set) var source: SourceText
    private var renamed: [String] = []

    /// Each duplicate costs another parse.
    private static let maximumRenames = 20
    /// Plane 15, beyond what `YAMLMask` uses.
    private static let renameBase: UInt32 = 0xF1000

    /// The parser stays alive as long as the tree is read, because nodes refer to anchors weakly.
    struct Document {
        let root: Node?
        let parser: Parser
        private let originals: [String]

        fileprivate init(root: Node?, parser: Parser, originals: [String]) {
            self.root = root
            self.parser = parser
            self.originals = originals
        }

        /// The true name of a key that was made another one because the same key follows it.
        func original(of key: String) -> String? {
            guard let first = key.unicodeScalars.first?.value, first >= YAMLParsing.renameBase else { return nil }
            let index = Int(first - YAMLParsing.renameBase)
            return originals.indices.contains(index) ? originals[index] : nil
        }
    }

    init(_ source: SourceText) {
        self.source = source
        YAMLMask.apply(to: &self.source)
    }

    mutating func parse() throws(SourceText.Refusal) -> Document {
        while true {
            do {
                // No resolver: what a scalar means is decided by the key it stands under, never guessed.
                let parser = try Parser(yaml: source.string, resolver: .basic, encoding: .utf8)
                return Document(root: try parser.singleRoot(), parser: parser, originals: renamed)
            } catch YamlError.duplicatedKeysInMapping(let names, let context) {
                let position = SourcePosition(line: context.mark.line, column: context.mark.column)
                guard let name = names.first, rename(name, at: position) else {
                    let keys = names.map { Excerpt.quoted(YAMLMask.remove(from: $0)) }.joined(separator: ", ")
                    throw SourceText.Refusal(position: position, sentence: "duplicate key \(keys)")
                }
            } catch {
                throw YAMLSyntax.refusal(for: error, in: source)
            }
        }
    }

    private mutating func rename(_ name: String, at position: SourcePosition) -> Bool {
        guard renamed.count < Self.maximumRenames, var index = source.index(at: position) else { return false }
        if source.scalars[index] == "\"" || source.scalars[index] == "'" { index += 1 }
        // Only a key that stands there letter by letter: no anchor, tag, escape or nested key.
        guard let first = name.unicodeScalars.first, source.scalars.indices.contains(index),
            source.scalars[index] == first, first.properties.isAlphabetic || first.properties.numericType != nil,
            let replacement = Unicode.Scalar(Self.renameBase + UInt32(renamed.count))
        else { return false }
        source.replace(at: index, with: replacement)
        renamed.append(YAMLMask.remove(from: name))
        return true
    }
}
