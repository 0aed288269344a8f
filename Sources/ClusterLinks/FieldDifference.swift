package import ExactJSON

/// One top-level field in which two contents of a link differ.
package struct FieldDifference: Sendable, Hashable {
    package enum Values: Sendable, Hashable {
        /// What it was and what it is; nil where it was or is absent.
        case replaced(from: JSONValue?, to: JSONValue?)
        /// What a set has gained and lost, each in the set's own order.
        case set(added: [JSONValue], removed: [JSONValue])
    }

    package let name: String
    package let values: Values

    /// The differences of two contents in order of the fields' names; nil stands for a link that is not there.
    ///
    /// `topic_names` is told as a set, unless one side has something else than a list there.
    package static func between(_ earlier: LinkContent?, _ later: LinkContent?) -> [FieldDifference] {
        let none = LinkContent(canonical: [:])
        let (earlier, later) = (earlier ?? none, later ?? none)
        return later.fieldsChanged(from: earlier).map { name in
            FieldDifference(name: name, values: values(of: name, from: earlier.fields[name], to: later.fields[name]))
        }
    }

    private static func values(of name: String, from: JSONValue?, to: JSONValue?) -> Values {
        guard name == "topic_names", let before = elements(of: from), let after = elements(of: to) else {
            return .replaced(from: from, to: to)
        }
        let (kept, known) = (Set(after), Set(before))
        return .set(added: after.filter { !known.contains($0) }, removed: before.filter { !kept.contains($0) })
    }

    private static func elements(of value: JSONValue?) -> [JSONValue]? {
        value.map(\.array) ?? []
    }
}
