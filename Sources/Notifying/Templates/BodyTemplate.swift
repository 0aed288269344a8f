package import ExactJSON

/// Another JSON body made of a notification, for receivers that have a shape of their own.
///
/// It is a JSON document whose strings hold placeholders, and no text that becomes JSON: whatever a server wrote into a
/// message, what is sent is well-formed and has the document's shape.
///
///     {"text": "{{type|resolved=Resolved|Failing}}: {{#alerts}}\n{{link_name}} {{message:200}}{{/alerts}}"}
///
/// - `{{alerts.0.severity}}` is a member of the notification, by names and numbers; `{{alerts.count}}` says how many there are.
///   A string that is one placeholder and nothing else becomes the member itself, be it a number, an array or null.
/// - `{{message:200}}` ends after 200 characters; 1000 where nothing is said.
/// - `{{type|firing=trigger|resolved=resolve|other}}` says another word for a value, the last one for all that are not named;
///   `{{link_error|no code}}` says it where there is no value.
/// - `{{#alerts}}…{{/alerts}}` repeats what is in it for each of the first 20; there, names are the alert's own first.
/// - `{{secret}}` is the receiver's secret.
package struct BodyTemplate: Sendable {
    private enum Node: Sendable {
        case constant(JSONValue)
        case text(TextTemplate)
        case array([Node])
        case object([(name: String, value: Node)])
    }

    private let document: JSONValue
    private let root: Node
    private let escaping: TextEscaping
    /// Whether the secret is part of the body, so that its receiver needs one.
    package let saysSecret: Bool

    /// - Parameter escaping: what the receiver would read as markup in values; the document's own text stays as it is.
    package init(_ document: JSONValue, escaping: TextEscaping = .none) throws(TemplateError) {
        self.document = document
        var saysSecret = false
        root = try Self.node(document, &saysSecret)
        self.saysSecret = saysSecret
        self.escaping = escaping
    }

    /// The body for a notification; a member that is not there is an empty text, or null where it is all of a string.
    func render(_ notification: JSONValue, secret: String?) -> [UInt8] {
        Self.render(root, in: TemplateScope(notification: notification, secret: secret, escaping: escaping)).encoded
    }

    private static func node(_ value: JSONValue, _ saysSecret: inout Bool) throws(TemplateError) -> Node {
        switch value {
        case .null, .bool, .number: return .constant(value)
        case .string(let text):
            let template = try TextTemplate(parsing: text)
            saysSecret = saysSecret || template.saysSecret
            return .text(template)
        case .array(let elements):
            var nodes: [Node] = []
            for element in elements { nodes.append(try node(element, &saysSecret)) }
            return .array(nodes)
        case .object(let object):
            var nodes: [(name: String, value: Node)] = []
            for member in object.members {
                guard !member.name.contains("{{") else { throw .placeholderInName(TemplateError.excerpt(member.name)) }
                nodes.append((member.name, try node(member.value, &saysSecret)))
            }
            return .object(nodes)
        }
    }

    private static func render(_ node: Node, in scope: TemplateScope) -> JSONValue {
        switch node {
        case .constant(let value): value
        case .text(let template): template.value(in: scope)
        case .array(let nodes): .array(nodes.map { render($0, in: scope) })
        case .object(let nodes): .object(JSONObject(nodes.map { ($0.name, render($0.value, in: scope)) }))
        }
    }
}

extension BodyTemplate: Equatable {
    /// Whether both were made of the same document, so that a file that was read twice is one template.
    package static func == (left: BodyTemplate, right: BodyTemplate) -> Bool {
        left.document == right.document && left.escaping == right.escaping
    }
}

/// Some write a key of their receiver's into the document, so nothing of it is shown.
extension BodyTemplate: CustomStringConvertible, CustomReflectable {
    package var description: String { "a template" }

    package var customMirror: Mirror { Mirror(self, children: ["saysSecret": saysSecret]) }
}
