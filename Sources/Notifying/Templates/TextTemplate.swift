import ExactJSON

/// One string of a template: text, placeholders, and loops over a member that is an array.
struct TextTemplate: Sendable {
    private enum Piece: Sendable {
        case text(String)
        case placeholder(Placeholder)
        case loop(Placeholder, [Piece])
    }

    /// Of longer arrays the rest is counted and not told: fifty links of one cluster fail for one reason.
    private static let longestLoop = 20

    private let pieces: [Piece]
    let saysSecret: Bool

    init(parsing text: String) throws(TemplateError) {
        var done: [Piece] = []
        /// The loop whose end is still to come.
        var loop: (over: Placeholder, name: String, element: TemplateShape, pieces: [Piece])?
        var saysSecret = false
        var rest = text[...]

        func append(_ piece: Piece) {
            if loop == nil { done.append(piece) } else { loop?.pieces.append(piece) }
        }
        while let start = rest.firstRange(of: "{{") {
            if start.lowerBound > rest.startIndex { append(.text(String(rest[..<start.lowerBound]))) }
            rest = rest[start.upperBound...]
            guard let end = rest.firstRange(of: "}}") else { throw .unclosed(TemplateError.excerpt(rest)) }
            let inner = String(rest[..<end.lowerBound])
            rest = rest[end.upperBound...]
            switch inner.first {
            case "#":
                let name = String(inner.dropFirst())
                guard loop == nil else { throw .nestedLoop(TemplateError.excerpt(name)) }
                let list = try Placeholder(parsing: name)
                guard case .list(let element) = try TemplateShape.notification.member(at: list.path) else {
                    throw .noList(TemplateError.excerpt(name))
                }
                loop = (list, name, element, [])
            case "/":
                let name = String(inner.dropFirst())
                guard let ended = loop, ended.name == name else { throw .unpairedLoop(TemplateError.excerpt(name)) }
                done.append(.loop(ended.over, ended.pieces))
                loop = nil
            default:
                let placeholder = try Self.placeholder(inner, inLoopOver: loop?.element)
                saysSecret = saysSecret || placeholder.isSecret
                append(.placeholder(placeholder))
            }
        }
        if let loop { throw .unpairedLoop(TemplateError.excerpt(loop.name)) }
        if !rest.isEmpty { done.append(.text(String(rest))) }
        pieces = done
        self.saysSecret = saysSecret
    }

    /// Within a loop, a name is one of an element's or one of the notification's.
    private static func placeholder(
        _ text: String,
        inLoopOver element: TemplateShape?
    ) throws(TemplateError) -> Placeholder {
        let placeholder = try Placeholder(parsing: text)
        do throws(TemplateError) {
            _ = try TemplateShape.notification.member(at: placeholder.path)
        } catch {
            // What begins with a name of the notification's is meant as that.
            guard let element, case .unknownName(placeholder.path[0], _) = error else { throw error }
            _ = try element.member(at: placeholder.path)
        }
        return placeholder
    }

    func value(in scope: TemplateScope) -> JSONValue {
        if case .placeholder(let placeholder)? = pieces.first, pieces.count == 1, placeholder.isPlain {
            return placeholder.value(in: scope)
        }
        return .string(Self.text(of: pieces, in: scope))
    }

    private static func text(of pieces: [Piece], in scope: TemplateScope) -> String {
        var text = ""
        for piece in pieces {
            switch piece {
            case .text(let words): text += words
            case .placeholder(let placeholder): text += placeholder.text(in: scope)
            case .loop(let list, let pieces):
                let elements = scope.value(at: list.path)?.array ?? []
                for element in elements.prefix(longestLoop) { text += self.text(of: pieces, in: scope.at(element)) }
                if elements.count > longestLoop { text += "… and \(elements.count - longestLoop) more" }
            }
        }
        return text
    }
}
