/// Whether the two sides of one link tell the same of it, and which of them reports an error.
///
/// The topics differ by nature, as the source side has none, and are not compared.
package struct LinkAgreement: Sendable, Hashable {
    /// What one side tells.
    package struct Report: Sendable, Hashable {
        package let cluster: ClusterID
        package let state: LinkState?
        package let error: LinkErrorCode?
        package let health: Health
        /// Also while its cluster is not heard of.
        package let lastKnownHealth: Health

        package init(
            of content: LinkContent,
            on cluster: ClusterID,
            health: Health,
            lastKnownHealth: Health
        ) {
            self.cluster = cluster
            state = content.state
            error = content.error
            self.health = health
            self.lastKnownHealth = lastKnownHealth
        }
    }

    package enum Field: String, Sendable, Hashable, CaseIterable {
        case linkState = "link_state"
        case linkError = "link_error"
        case health
    }

    /// A field in which they differ, with what each of them tells; nil for no error.
    package struct Difference: Sendable, Hashable {
        package let field: Field
        package let source: String?
        package let destination: String?
    }

    package let differences: [Difference]
    /// The clusters whose side has a `link_error` or a bad state, as they were last heard of; the source first.
    package let errorsReportedBy: [ClusterID]

    package var isComplete: Bool { differences.isEmpty }

    /// Compares what both sides tell.
    ///
    /// Ignorance contradicts nothing: a state that one side does not tell, or its health while its cluster is not heard of,
    /// differs from none.
    package init(source: Report, destination: Report) {
        var differences: [Difference] = []
        if let left = source.state, let right = destination.state, left != right {
            differences.append(
                Difference(field: .linkState, source: left.rawValue, destination: right.rawValue)
            )
        }
        if source.error != destination.error {
            differences.append(
                Difference(
                    field: .linkError,
                    source: source.error?.rawValue,
                    destination: destination.error?.rawValue
                )
            )
        }
        if source.health != destination.health, source.health != .unknown, destination.health != .unknown {
            differences.append(
                Difference(
                    field: .health,
                    source: source.health.rawValue,
                    destination: destination.health.rawValue
                )
            )
        }
        self.differences = differences
        errorsReportedBy = [source, destination].filter { $0.lastKnownHealth == .error }.map(\.cluster)
    }
}
