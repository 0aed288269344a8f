/// What a client may do; each role contains the ones before it.
package enum Role: String, Sendable, Hashable, CaseIterable, Comparable {
    case read, operate, admin

    package static func < (left: Role, right: Role) -> Bool {
        left.rank < right.rank
    }

    private var rank: Int {
        switch self {
        case .read: 0
        case .operate: 1
        case .admin: 2
        }
    }
}
