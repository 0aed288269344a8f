/// The members of a JSON object in the order they were written, each name once.
///
/// Looking a member up walks the list: the objects of this project have a dozen members, where a walk beats a table.
package struct JSONObject: Sendable, Hashable {
    package struct Member: Sendable, Hashable {
        package let name: String
        package var value: JSONValue

        package init(name: String, value: JSONValue) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var members: [Member]

    package init() { members = [] }

    /// Takes members in order; of two with one name the later stands, in the place of the first.
    package init(_ members: some Sequence<(String, JSONValue)>) {
        self.init()
        for (name, value) in members { self[name] = value }
    }

    /// Takes members as they were written: of those with one name the last stands, in the place of the first.
    ///
    /// A walk over the members while they are few, a table from then on: an object of a million is no trap.
    init(lastOfEach written: [Member]) {
        guard written.count >= 24 else {
            members = []
            for member in written {
                if let index = members.firstIndex(where: { $0.name.hasBytes(of: member.name) }) {
                    members[index] = member
                } else {
                    members.append(member)
                }
            }
            return
        }
        var places: [[UInt8]: Int] = [:]
        members = []
        for member in written {
            let place = places[Array(member.name.utf8), default: members.count]
            if place < members.count {
                members[place] = member
            } else {
                places[Array(member.name.utf8)] = place
                members.append(member)
            }
        }
    }

    /// Takes members whose names are known to differ.
    init(uniqueMembers: [Member]) { members = uniqueMembers }

    /// Reading gives nil for a member that is absent; writing nil removes it, and a new name goes to the end.
    package subscript(_ name: String) -> JSONValue? {
        get { members.first { $0.name.hasBytes(of: name) }?.value }
        set {
            let index = members.firstIndex { $0.name.hasBytes(of: name) }
            switch (index, newValue) {
            case (let index?, let value?): members[index].value = value
            case (let index?, nil): members.remove(at: index)
            case (nil, let value?): members.append(Member(name: name, value: value))
            case (nil, nil): break
            }
        }
    }

    /// The same object with the members of every object inside it in the order of their names' UTF-8 bytes.
    package var sorted: JSONObject {
        JSONObject(
            uniqueMembers: members.map { Member(name: $0.name, value: $0.value.sorted) }
                .sorted { $0.name.precedesInBytes($1.name) }
        )
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    package init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(uniqueMembers: elements.map { Member(name: $0.0, value: $0.1) })
    }
}
