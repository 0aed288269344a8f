/// What a client may do; each role contains the ones before it.
package enum Role: String, Sendable, Hashable, CaseIterable, Comparable {
    case read, operate, admin

    package static func < (left: Role, right: Role) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}
