/// The name of a cluster link, never empty: a record without one is a ghost and no link (truth rule 4).
package struct LinkName: TextIdentifier {
    package let rawValue: String

    package init?(_ rawValue: String) {
        guard !rawValue.isEmpty else { return nil }
        self.rawValue = rawValue
    }
}
