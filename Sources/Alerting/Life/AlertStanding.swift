package import ClusterLinks

/// What holds of an alert at one moment besides what it is itself.
package struct AlertStanding: Sendable, Hashable {
    /// Nothing is known any more of what it says.
    package let isUnconfirmed: Bool
    /// All there were, those without news included.
    package let observations: Int
    package let lastObservedAt: Instant
    /// Nil where nobody takes care of it.
    package let acknowledgement: Acknowledgement?
    /// The ids of the silences that are active and match it.
    package let silencedBy: [String]
    /// The id of the incident that it is in; nil for one that never fired.
    package let incident: String?

    package init(
        isUnconfirmed: Bool,
        observations: Int,
        lastObservedAt: Instant,
        acknowledgement: Acknowledgement? = nil,
        silencedBy: [String] = [],
        incident: String? = nil
    ) {
        self.isUnconfirmed = isUnconfirmed
        self.observations = observations
        self.lastObservedAt = lastObservedAt
        self.acknowledgement = acknowledgement
        self.silencedBy = silencedBy
        self.incident = incident
    }
}
