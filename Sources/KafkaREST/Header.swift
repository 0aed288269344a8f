/// One header line of a request or an answer; whatever prints it shows the name alone, as the value may be a secret.
package struct Header: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
        self.name = name
        self.value = value
    }
}

extension Header: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "\(name): …" }

    package var debugDescription: String { description }

    package var customMirror: Mirror { Mirror(self, children: ["name": name], displayStyle: .struct) }
}
