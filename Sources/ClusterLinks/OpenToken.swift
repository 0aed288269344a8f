package import ExactJSON

/// A value of one of the upstream's open enumerations: what is not known today is kept verbatim (truth rule 7).
package protocol OpenToken: Sendable, Hashable, CustomStringConvertible {
    var rawValue: String { get }
    init(rawValue: String)
    /// The spellings that say the same as no value at all, besides absence, null and `""`.
    static var spellingsOfAbsence: Set<String> { get }
}

extension OpenToken {
    package static var spellingsOfAbsence: Set<String> { [] }

    package var description: String { rawValue }

    /// Nil for every spelling of absence; a value that is no string stands as its JSON text, so that nothing odd
    /// passes for "nothing wrong".
    package init?(_ value: JSONValue?) {
        switch value {
        case nil, .null: return nil
        case .string(let text):
            guard !text.isEmpty, !Self.spellingsOfAbsence.contains(text) else { return nil }
            self.init(rawValue: text)
        case let other?: self.init(rawValue: String(decoding: other.encoded, as: UTF8.self))
        }
    }
}

/// Why a link is broken, as its cluster says; no value means that it says it is not.
package struct LinkErrorCode: OpenToken {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package static let spellingsOfAbsence: Set = ["NO_ERROR"]
}

/// The state of a link as a whole.
package struct LinkState: OpenToken {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let active = LinkState(rawValue: "ACTIVE")
    package static let paused = LinkState(rawValue: "PAUSED")
    package static let failed = LinkState(rawValue: "FAILED")
    package static let unavailable = LinkState(rawValue: "UNAVAILABLE")

    /// Whether the state alone makes the link's health `error` (truth rule 10).
    package var isBad: Bool { self == .failed || self == .unavailable }
}

/// The state of one of a link's tasks.
package struct TaskState: OpenToken {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }

    package static let inError = TaskState(rawValue: "IN_ERROR")
}

/// Why a task fails; no value means that it does not.
package struct TaskErrorCode: OpenToken {
    package let rawValue: String
    package init(rawValue: String) { self.rawValue = rawValue }
    package static let spellingsOfAbsence: Set = ["NO_ERROR"]
}
