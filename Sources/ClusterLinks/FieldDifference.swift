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
    /// `topic_names` is told as a set, unless one side has something else than a list there. Values are compared as they are written, which is canonical, and only those that differ are parsed.
    package static func between(_ earlier: LinkDocument?, _ later: LinkDocument?) -> [FieldDifference] {
        let (earlier, later) = (earlier ?? .nothing, later ?? .nothing)
        var differences: [FieldDifference] = []
        var rest = earlier.members
        for member in later.members {
            let place = rest.firstIndex { later.bytes[member.name].elementsEqual(earlier.bytes[$0.name]) }
            let other = place.map { rest.remove(at: $0) }
            if let other, later.bytes[member.value].elementsEqual(earlier.bytes[other.value]) { continue }
            let name = later.name(of: member)
            let (from, to) = (other.flatMap(earlier.value), later.value(of: member))
            differences.append(FieldDifference(name: name, values: values(of: name, from: from, to: to)))
        }
        for member in rest {
            let name = earlier.name(of: member)
            let gone = values(of: name, from: earlier.value(of: member), to: nil)
            differences.append(FieldDifference(name: name, values: gone))
        }
        return differences.sorted { $0.name.precedesInBytes($1.name) }
    }

    /// Whether it is only that one side does not tell an id, which is no news of a link that is known by it.
    var isMissingID: Bool {
        guard name == "cluster_link_id" || name == "link_id", case .replaced(let from, let to) = values else {
            return false
        }
        return from == nil || to == nil
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
