/// What happened to a link, or to a cluster as a whole.
package enum ChangeKind: String, Sendable, Hashable, CaseIterable {
    case created, deleted, changed
    /// The cluster left the configuration, or came back into it (truth rule 16).
    case retired, restored
}

extension ChangeKind {
    private static let stored: [ChangeKind] = [.changed, .created, .deleted, .retired, .restored]

    /// As the column `changes.kind` holds it.
    var stored: Int { Self.stored.firstIndex(of: self) ?? Self.stored.count }

    init?(stored: Int) {
        guard Self.stored.indices.contains(stored) else { return nil }
        self = Self.stored[stored]
    }
}
