import Yams

/// Makes our tree of Yams' one: resolves aliases within a bound, merges `<<`, refuses what a configuration has no use for.
struct YAMLComposer {
    private let document: YAMLParsing.Document
    private let reading: ConfigurationReading
    private var anchors: [String: YAMLNode] = [:]
    private var expanded = 0

    /// Values that aliases may add: far beyond any fleet's need, far below a "billion laughs".
    static let maximumExpansion = 1_000_000
    /// No key of ours lies deeper than eight levels.
    static let maximumDepth = 32

    /// None, or what YAML would take it for anyway.
    private static let tags: Set<Tag.Name> = [.implicit, .nonSpecific, .str, .seq, .map]

    init(_ document: YAMLParsing.Document, reading: ConfigurationReading) {
        self.document = document
        self.reading = reading
    }

    /// The root, nil for a document without content.
    mutating func compose() -> YAMLNode? {
        guard let root = document.root else { return nil }
        return withExtendedLifetime(document.parser) { compose(root, path: .root, depth: 0) }
    }

    private mutating func compose(_ node: Node, path: SettingPath, depth: Int) -> YAMLNode {
        let position = Self.position(of: node)
        guard depth <= Self.maximumDepth else {
            return refused("is nested deeper than \(Self.maximumDepth) levels", at: position, path)
        }
        let content: YAMLNode.Content
        let tag: Tag
        switch node {
        case .scalar(let scalar):
            tag = scalar.tag
            if scalar.style == .plain, scalar.string.unicodeScalars.first == YAMLMask.alias {
                return resolve(String(YAMLMask.remove(from: scalar.string).dropFirst()), at: position, path)
            }
            content = .scalar(
                YAMLMask.remove(from: scalar.string),
                isPlain: scalar.style == .plain && scalar.tag.description == Tag.Name.implicit.rawValue
            )
        case .sequence(let sequence):
            tag = sequence.tag
            content = .sequence(
                sequence.enumerated().map { compose($1, path: path.item($0), depth: depth + 1) }
            )
        case .mapping(let mapping):
            tag = mapping.tag
            content = .mapping(entries(of: mapping, path: path, depth: depth))
        case .alias:
            return refused("is an alias that was not resolved", at: position, path)
        }
        guard Self.tags.contains(Tag.Name(rawValue: tag.description)) else {
            let name = Excerpt.quoted(YAMLMask.remove(from: tag.description))
            return refused("has the tag \(name), which is not supported", at: position, path)
        }
        let composed = YAMLNode(position: position, content: content)
        if let anchor = node.anchor { anchors[anchor.rawValue] = composed }
        return composed
    }

    private mutating func resolve(_ name: String, at position: SourcePosition, _ path: SettingPath) -> YAMLNode {
        guard let target = anchors[name] else {
            return refused(
                "there is no anchor &\(Excerpt.shortened(name)) before this alias; quote a text that begins with *",
                at: position,
                path
            )
        }
        let isTooMuchAlready = expanded > Self.maximumExpansion
        expanded += target.weight
        guard expanded <= Self.maximumExpansion else {
            // Once is enough: whatever refers to this one would be told as well.
            if isTooMuchAlready { return YAMLNode(position: position, content: .refused) }
            return refused("aliases expand to more than \(Self.maximumExpansion) values here", at: position, path)
        }
        return target.used(at: position)
    }

    private mutating func entries(of mapping: Node.Mapping, path: SettingPath, depth: Int) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var merged: [YAMLNode.Entry] = []
        var firstLines: [String: Int] = [:]
        for (keyNode, valueNode) in mapping {
            let position = Self.position(of: keyNode)
            guard case .scalar(let scalar) = keyNode, scalar.string.unicodeScalars.first != YAMLMask.alias else {
                reading.refuse("a key must be a plain word", at: position, path)
                continue
            }
            let original = document.original(of: scalar.string)
            let key = original ?? YAMLMask.remove(from: scalar.string)
            if let line = firstLines[key] {
                reading.refuse("duplicate key, first given in line \(line)", at: position, path.key(key))
            }
            if original != nil {
                firstLines[key] = firstLines[key] ?? position.line
                continue
            }
            let value = compose(valueNode, path: path.key(key), depth: depth + 1)
            if key == "<<", scalar.style == .plain {
                merged += merging(value, path: path)
                continue
            }
            entries.append(YAMLNode.Entry(key: key, keyPosition: position, value: value))
        }
        var known = Set(entries.map(\.key))
        return entries + merged.filter { known.insert($0.key).inserted }
    }

    /// The entries that a merge key brings in (https://yaml.org/type/merge.html): the mapping's own keys win over them,
    /// earlier ones over later ones.
    private func merging(_ value: YAMLNode, path: SettingPath) -> [YAMLNode.Entry] {
        switch value.content {
        case .mapping(let entries): return entries
        case .sequence(let items): return items.flatMap { merging($0, path: path) }
        case .refused: return []
        case .scalar:
            reading.refuse("expected a mapping to merge, got \(value.kind)", at: value.position, path.key("<<"))
            return []
        }
    }

    private func refused(_ sentence: String, at position: SourcePosition, _ path: SettingPath) -> YAMLNode {
        reading.refuse(sentence, at: position, path)
        return YAMLNode(position: position, content: .refused)
    }

    private static func position(of node: Node) -> SourcePosition {
        node.mark.map { SourcePosition(line: $0.line, column: $0.column) } ?? .start
    }
}
