/// The name of a cluster link, never empty: a record without one is a ghost and no link (truth rule 4).
package struct LinkName: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let rawValue: String

    package init?(_ rawValue: String) {
        guard !rawValue.isEmpty else { return nil }
        self.rawValue = rawValue
    }

    package var description: String { rawValue }

    package static func < (left: LinkName, right: LinkName) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}
