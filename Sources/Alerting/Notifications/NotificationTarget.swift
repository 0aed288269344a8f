/// Who is told: an entry of `alerts.notify` by its name.
package struct NotificationTarget: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        /// Is told of incidents, each thing once.
        case webhook
        /// Is told of alerts again and again, and groups and repeats by rules of its own.
        case alertmanager
    }

    /// Stays the same from one start to the next: by it is known what was told.
    package let name: String
    package let kind: Kind

    package init(name: String, kind: Kind) {
        self.name = name
        self.kind = kind
    }
}
