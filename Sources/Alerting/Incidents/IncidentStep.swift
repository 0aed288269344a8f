import ClusterLinks

/// What happened to one alert, as far as incidents follow it.
package enum IncidentStep: Sendable, Hashable {
    case fired(Alert, AlertSurroundings)
    /// It is still firing, and more severe, of another code or message, flapping or calm, or known under other labels.
    case changed(Alert, AlertSurroundings)
    case resolved(Alert)

    package var alert: Alert {
        switch self {
        case .fired(let alert, _), .changed(let alert, _), .resolved(let alert): alert
        }
    }
}

extension [IncidentStep] {
    /// The steps of one instant in the one order in which they are taken, however they came; those of one alert stay in
    /// theirs.
    ///
    /// What resolves goes first, because at its end an alert is over (truth rule 11) and nothing joins what is over. Where
    /// another alert of the same link fires, it goes last: a bad state to which an error comes, or which an error leaves
    /// behind, is one trouble in another shape, and whoever was told of it must not be told that it is over. Of what
    /// fires a cluster that cannot be polled goes before its links and the more severe before the less, so that an
    /// incident is opened by its cause and by what would be told anyway.
    var inOrder: [IncidentStep] {
        let handedOver = Set(compactMap { step in if case .fired(let alert, _) = step { alert.link } else { nil } })
        let keyed = map { step in
            let subject = step.alert.subject
            let link = subject.linkName?.rawValue ?? ""
            let name = [subject.cluster.rawValue, link, subject.kind.rawValue, step.alert.id]
            return (order: step.order(handedOver), name: name.map { [UInt8]($0.utf8) }, step: step)
        }
        return keyed.sorted { left, right in
            if left.order != right.order { return left.order.lexicographicallyPrecedes(right.order) }
            for (one, other) in zip(left.name, right.name) where one != other {
                return one.lexicographicallyPrecedes(other)
            }
            return false
        }
        .map(\.step)
    }
}

extension IncidentStep {
    /// - Parameter handedOver: the links of which an alert fires.
    fileprivate func order(_ handedOver: Set<AlertSurroundings.Link>) -> [Int] {
        switch self {
        case .resolved(let alert): [alert.link.map(handedOver.contains) == true ? 3 : 0]
        case .changed: [1]
        case .fired(let alert, _):
            [2, alert.subject.kind == .clusterUnreachable ? 0 : 1, alert.severity.descendingRank]
        }
    }
}

extension AlertSeverity {
    fileprivate var descendingRank: Int { Self.allCases.count { $0 > self } }
}
