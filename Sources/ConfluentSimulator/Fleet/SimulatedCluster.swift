/// One simulated Kafka cluster with the link objects it holds.
package struct SimulatedCluster: Sendable, Equatable {
    /// Which of the differences between real servers this one shows.
    package enum Dialect: String, Sendable, CaseIterable {
        /// Confluent Cloud: the ids of the other direction are null, a healthy link says `NO_ERROR`.
        case cloud
        /// Confluent Server: unset ids and a healthy link's error are absent, `resource_name` and `tasks` are null.
        case server
        /// An older server: also without `remote_cluster_id`, `category_counts` and the state of an active link, and
        /// with null for no topics.
        case older
    }

    /// A record that a deleted source-initiated link left behind: listed with an empty name, and no link.
    package struct Ghost: Sendable, Equatable {
        /// Nil where the record has no more than a name and a state.
        package var id: SimulatedLinkID?
    }

    package let id: String
    /// What people call it; no answer of the upstream holds it.
    package var name: String
    package var dialect: Dialect
    package var credential: SimulatedCredential?
    package var links: [SimulatedLink]
    package var ghosts: [Ghost]

    package init(
        id: String,
        name: String? = nil,
        dialect: Dialect = .cloud,
        credential: SimulatedCredential? = nil,
        links: [SimulatedLink] = [],
        ghosts: [Ghost] = []
    ) {
        self.id = id
        self.name = name ?? id
        self.dialect = dialect
        self.credential = credential
        self.links = links
        self.ghosts = ghosts
    }

    /// Names are equal byte for byte, as to Kafka: `String` would take two spellings of one character as the same.
    func index(of linkName: String) -> Int? {
        links.firstIndex { $0.name.utf8.elementsEqual(linkName.utf8) }
    }

    /// Completes the creations and deletions that are due at `now`.
    ///
    /// A source-initiated link that is deleted on a Confluent Server leaves a ghost behind.
    mutating func settle(at now: Duration) {
        guard links.contains(where: { $0.phase != .listed }) else { return }
        for index in links.indices {
            if case .appearing(let instant) = links[index].phase, instant <= now { links[index].phase = .listed }
        }
        let gone = links.filter { if case .leaving(let instant) = $0.phase { instant <= now } else { false } }
        links.removeAll { link in gone.contains { $0.id == link.id } }
        if dialect != .cloud {
            ghosts += gone.filter { $0.role == .source }.map { Ghost(id: $0.id) }
        }
    }
}
