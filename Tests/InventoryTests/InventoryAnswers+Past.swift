import ClusterLinks
import ExactJSON
import Inventory

extension InventoryAnswers {
    /// The history under every name that a link of the cluster ever had, also where it has another now.
    func past(of cluster: ClusterView, changes: [JSONValue]) async throws -> JSONValue {
        let documents = changes.compactMap(\.object)
            .filter { $0["cluster_id"] == .string(cluster.id.rawValue) }
            .flatMap { [$0["before"], $0["after"]] }
        let names = documents.compactMap { $0?.object?["link_name"]?.string.flatMap { LinkName($0) } }
        var past: [JSONValue] = []
        for name in Set(names + cluster.links.map(\.link.name)).sorted() {
            past.append(try await self.past(of: name, on: cluster.id))
        }
        return .array(past)
    }

    private func past(of name: LinkName, on cluster: ClusterID) async throws -> JSONValue {
        let named = History.LinkSelection(cluster: cluster, name: name.rawValue)
        let versions = try await inventory.history.versions(of: named, page: Self.everything)
        var incarnations: [JSONValue] = []
        for id in Set(versions.compactMap { $0.clusterLinkID.flatMap { ClusterLinkID($0) } }).sorted() {
            let one = History.LinkSelection(cluster: cluster, name: name.rawValue, id: id)
            let (versions, episodes) = (
                try await inventory.history.versions(of: one, page: Self.everything), try await episodes(of: one)
            )
            incarnations.append([
                "cluster_link_id": .string(id.rawValue),
                "versions_from": .array(versions.map { .instant($0.validFrom) }),
                "episodes_from": .array(episodes.map { .instant($0.startedAt) }),
            ])
        }
        return [
            "link_name": .string(name.rawValue),
            "known": .bool(try await inventory.history.knows(named)),
            "versions": .array(versions.map(JSONValue.version)),
            "episodes": .array(try await episodes(of: named).map(JSONValue.episode)),
            "incarnations": .array(incarnations),
        ]
    }

    private func episodes(of link: History.LinkSelection) async throws -> [EpisodeRow] {
        try await inventory.history.episodes(of: link, page: Self.everything, now: now)
    }
}

extension JSONValue {
    static func instant(_ instant: Instant?) -> JSONValue { .optional(instant?.description) }

    /// Exact to the microsecond, which is what is stored.
    static func duration(_ duration: Duration) -> JSONValue { .string("\(duration / .microseconds(1)) us") }

    /// An id and a name that read alike are two identities.
    static func identity(_ identity: LinkIdentity) -> JSONValue {
        switch identity {
        case .id(let id): .string("id \(id.rawValue)")
        case .name(let name): .string("name \(name.rawValue)")
        }
    }

    static func poll(_ poll: PollTally.Poll?) -> JSONValue {
        guard let poll else { return .null }
        return [
            "at": .instant(poll.at),
            "failure": .optional(poll.outcome.failure),
            "http_status": poll.outcome.httpStatus.map { .int($0) } ?? .null,
            "duration": .duration(poll.duration),
            "message": .optional(poll.message),
        ]
    }

    fileprivate static func version(_ row: VersionRow) -> JSONValue {
        [
            "cluster_link_id": .optional(row.clusterLinkID),
            "valid_from": .instant(row.validFrom),
            "valid_to": .instant(row.validTo),
            "changed": .array(row.changed.names.map(JSONValue.string)),
            "link": .object(row.document.fields),
        ]
    }

    fileprivate static func episode(_ row: EpisodeRow) -> JSONValue {
        [
            "cluster_id": .string(row.link.cluster.rawValue),
            "link_name": .string(row.link.name),
            "cluster_link_id": .optional(row.link.clusterLinkID),
            "link_error": .optional(row.trouble.linkError),
            "link_state": .optional(row.trouble.linkState),
            "started_at": .instant(row.startedAt),
            "ended_at": .instant(row.endedAt),
            "started_before_observation": .bool(row.startedBeforeObservation),
            "observations": .int(row.observations),
            "last_observed_at": .instant(row.lastObservedAt),
            "messages": .array(row.messages.map { ["at": .instant($0.at), "message": .string($0.message)] }),
            "blind": .duration(row.blind),
            "length": .duration(row.length),
        ]
    }
}
