/// One value of a document with its place: aliases resolved, merges done, nothing typed yet.
struct YAMLNode: Sendable {
    let position: SourcePosition
    let content: Content
    /// How many values it holds, itself included, with every alias counted as often as it is used.
    let weight: Int

    enum Content: Sendable {
        /// `isPlain` tells `null` the value from `"null"` the text.
        case scalar(String, isPlain: Bool)
        case sequence([YAMLNode])
        case mapping([Entry])
        /// Was refused already; nothing more is to be said about it.
        case refused
    }

    struct Entry: Sendable {
        let key: String
        let keyPosition: SourcePosition
        let value: YAMLNode
    }

    init(position: SourcePosition, content: Content) {
        self.position = position
        self.content = content
        switch content {
        case .scalar, .refused: weight = 1
        case .sequence(let items): weight = items.reduce(1) { $0 + $1.weight }
        case .mapping(let entries): weight = entries.reduce(1) { $0 + $1.value.weight }
        }
    }

    private init(position: SourcePosition, content: Content, weight: Int) {
        self.position = position
        self.content = content
        self.weight = weight
    }

    /// The same value as it is seen through an alias.
    func used(at position: SourcePosition) -> YAMLNode {
        YAMLNode(position: position, content: content, weight: weight)
    }

    /// Nothing after the colon, `~` or `null` (YAML 1.2 §10.2.1.1).
    var isNull: Bool {
        guard case .scalar(let text, isPlain: true) = content else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// Whether it is a list or a mapping without anything in it, or nothing at all.
    var isEmpty: Bool {
        switch content {
        case .scalar: isNull
        case .sequence(let items): items.isEmpty
        case .mapping(let entries): entries.isEmpty
        case .refused: false
        }
    }

    /// What it is, for "expected a mapping, got …".
    var kind: String {
        switch content {
        case .scalar: isNull ? "nothing" : "text"
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .refused: "something refused"
        }
    }
}
