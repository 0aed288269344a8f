/// How much an alert matters, from least to most.
package enum AlertSeverity: String, Sendable, Hashable, CaseIterable, Comparable {
    case info, warning, critical

    package static func < (left: AlertSeverity, right: AlertSeverity) -> Bool { left.rank < right.rank }

    private var rank: Int {
        switch self {
        case .info: 0
        case .warning: 1
        case .critical: 2
        }
    }
}
