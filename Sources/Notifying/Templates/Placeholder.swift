import ExactJSON

/// One `{{path:limit|value=word|other}}`.
struct Placeholder: Sendable, Hashable {
    /// The most characters of a value where the template names no other: enough for a message, and no body without bound.
    static let defaultLimit = 1000
    private static let limits = 1...10_000

    let path: [String]
    private var limit: Int?
    private var words: [String: String] = [:]
    private var other: String?

    /// - Parameter text: what stands between the braces.
    init(parsing text: String) throws(TemplateError) {
        var options = text.split(separator: "|", omittingEmptySubsequences: false)
        let head = options.removeFirst().split(separator: ":", omittingEmptySubsequences: false)
        path = head[0].trimmingSpaces.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard head.count <= 2, path.allSatisfy(\.isTemplateName) else { throw .malformed(TemplateError.excerpt(text)) }
        if head.count == 2 {
            guard let limit = Int(head[1].trimmingSpaces), Self.limits.contains(limit) else {
                throw .malformed(TemplateError.excerpt(text))
            }
            self.limit = limit
        }
        for (index, option) in options.enumerated() {
            if let mark = option.firstIndex(of: "=") {
                words[String(option[..<mark].trimmingSpaces)] = String(option[option.index(after: mark)...])
            } else if index == options.count - 1 {
                other = String(option)
            } else {
                throw .malformed(TemplateError.excerpt(text))
            }
        }
    }

    /// Whether it is nothing but a member's name, so that the member itself can stand in its place.
    var isPlain: Bool { limit == nil && words.isEmpty && other == nil }

    /// Whether it is the receiver's secret, which is of use only whole.
    var isSecret: Bool { path == TemplateScope.secretPath }

    func text(in scope: TemplateScope) -> String {
        if isSecret { return scope.secret ?? "" }
        let text = Self.text(of: scope.value(at: path))
        if let word = words[text] { return word }
        if let other, !words.isEmpty || text.isEmpty { return other }
        return scope.escaping.applied(to: Self.cut(text, to: limit ?? Self.defaultLimit))
    }

    /// The member itself; the texts in it are escaped like others.
    func value(in scope: TemplateScope) -> JSONValue {
        if isSecret { return .optional(scope.secret) }
        switch scope.value(at: path) {
        case .string(let text)?: return .string(scope.escaping.applied(to: Self.cut(text, to: Self.defaultLimit)))
        case let value?: return Self.escaped(value, scope.escaping)
        case nil: return .null
        }
    }

    private static func text(of value: JSONValue?) -> String {
        switch value {
        case nil, .null?: ""
        case .string(let text)?: text
        case let value?: String(decoding: value.encoded, as: UTF8.self)
        }
    }

    /// Counts Unicode scalars, as a character can be made of any number of them.
    private static func cut(_ text: String, to limit: Int) -> String {
        let scalars = text.unicodeScalars
        guard let end = scalars.index(scalars.startIndex, offsetBy: limit, limitedBy: scalars.endIndex),
            end < scalars.endIndex
        else { return text }
        return String(scalars[..<scalars.index(before: end)]) + "…"
    }

    private static func escaped(_ value: JSONValue, _ escaping: TextEscaping) -> JSONValue {
        switch value {
        case .null, .bool, .number: value
        case .string(let text): .string(escaping.applied(to: text))
        case .array(let elements): .array(elements.map { escaped($0, escaping) })
        case .object(let object): .object(JSONObject(object.members.map { ($0.name, escaped($0.value, escaping)) }))
        }
    }
}

extension Substring {
    fileprivate var trimmingSpaces: Substring {
        var rest = drop { $0 == " " }
        while rest.last == " " { rest.removeLast() }
        return rest
    }
}

extension String {
    fileprivate var isTemplateName: Bool {
        !isEmpty && utf8.allSatisfy { $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") || $0.isASCIILetterOrDigit }
    }
}

extension UInt8 {
    fileprivate var isASCIILetterOrDigit: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        default: false
        }
    }
}
