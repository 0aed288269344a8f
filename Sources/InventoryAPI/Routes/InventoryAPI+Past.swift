import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// `at=`: lists and items as they were known at an instant.
extension InventoryAPI {
    /// The instant of the past that a question is about; nil for the present.
    func past(_ question: Question) throws -> Instant? {
        guard let at = try question.pastInstant("at", now: now) else { return nil }
        let deleted = try question.choice("deleted", default: Tristate.no)
        guard deleted == .no else {
            throw APIProblem.badParameter(
                name: "deleted",
                value: deleted.rawValue,
                allowed: "only false beside at: what had gone by then is told by /api/v1/changes and by history"
            )
        }
        return at
    }

    /// A page of links, for which no more clusters are read than it shows.
    func pastLinks(_ question: Question, of clusters: [ClusterView], at: Instant) async throws -> Response {
        let filter = try LinkFilter(question)
        let meant = clusters.filter { filter.clusters.selects($0.description) }
        let representation = try await history.fleet(at: at) { fleet in
            var page = try LinkPage(question)
            for cluster in meant where page.firstCluster.map({ cluster.id >= ClusterID($0) }) ?? true {
                guard !page.isFull else { break }
                guard let past = try fleet.cluster(cluster.description), filter.admits(past.view) else { continue }
                let json = ClusterJSON(past.view.description)
                for link in try fleet.links(of: past) {
                    let link = PresentableLink(link, in: past.view, json: json)
                    guard filter.admits(link) else { continue }
                    page.offer(link) { LinkJSON.write(link, into: &$0) { past.write(into: &$0) } }
                }
            }
            let known = Set(meant.map(\.id))
            return page.representation(
                for: question,
                sequence: fleet.sequence,
                more: [
                    "at": .string(at.description),
                    "not_yet_observed": Self.names(try fleet.notYetObserved().filter(known.contains)),
                ],
                isSentOften: false
            )
        }
        return .representation(representation)
    }

    func pastLink(named name: String, id: ClusterLinkID?, on cluster: ClusterView, at: Instant) async throws -> Response
    {
        let found = try await history.fleet(at: at) { fleet in
            guard let past = try fleet.cluster(cluster.description), past.view.wasListed else {
                throw APIProblem.notObservedBy(instant: at.description, what: "cluster \(cluster.id)")
            }
            let link = try fleet.links(of: past).filter { $0.name == LinkName(name) }.meant(byID: id)
            guard let link else { return nil as Representation? }
            let told = PresentableLink(link, in: past.view, json: ClusterJSON(past.view.description))
            var bytes: [UInt8] = []
            LinkJSON.write(told, into: &bytes) { past.write(into: &$0) }
            return JSONAnswer.representation(bytes, sequence: fleet.sequence, isSentOften: false)
        }
        if let found { return .representation(found) }
        let link = History.LinkSelection(cluster: cluster.id, name: name, id: id)
        throw try await notListed(link, on: cluster, at: at)
    }

    func pastClusters(_ question: Question, of view: FleetView, at: Instant) async throws -> Response {
        let filter = try ClusterFilter(question)
        let meant = view.clusters.filter { filter.selects($0.description) }
        return try await history.fleet(at: at) { fleet in
            let states = try Dictionary(
                meant.compactMap { cluster in try fleet.cluster(cluster.description).map { (cluster.id, $0) } }
            ) { $1 }
            let page = try ClusterPage(
                meant.filter { states[$0.id].map { filter.admits($0.view) } ?? false },
                for: question
            )
            let known = Set(meant.map(\.id))
            return JSONAnswer.response(
                JSONList.encoded(
                    try page.clusters.compactMap { states[$0.id] }.map { try Self.json(of: $0, in: fleet).encoded },
                    nextCursor: page.nextCursor,
                    more: [
                        "at": .string(at.description),
                        "not_yet_observed": Self.names(try fleet.notYetObserved().filter(known.contains)),
                    ]
                ),
                sequence: fleet.sequence
            )
        }
    }

    func pastCluster(_ cluster: ClusterView, at: Instant) async throws -> Response {
        try await history.fleet(at: at) { fleet in
            guard let past = try fleet.cluster(cluster.description), past.view.wasListed else {
                throw APIProblem.notObservedBy(instant: at.description, what: "cluster \(cluster.id)")
            }
            return JSONAnswer.response(try Self.json(of: past, in: fleet), sequence: fleet.sequence)
        }
    }

    /// What is not kept of the past is null: ghosts, the next poll and how many had failed in a row.
    private static func json(of cluster: PastCluster, in fleet: PastFleet) throws -> JSONObject {
        let links = try fleet.links(of: cluster)
        let polls = try fleet.polls(of: cluster)
        return [
            "cluster_id": .string(cluster.id.rawValue),
            "name": .optional(cluster.view.description.name),
            "labels": .object(LinkJSON.labels(cluster.view.description.labels)),
            "endpoint_host": .string(cluster.view.description.endpointHost),
            "configured": .bool(cluster.view.isConfigured),
            "stale": .bool(cluster.view.isStale),
            "links": .object(
                HealthCounts(links.map { Health(lastKnown: $0.lastKnownHealth, isStale: cluster.view.isStale) }).json
            ),
            "ghosts": .null,
            "last_poll": polls.last.map { .object(json(of: $0)) } ?? .null,
            "last_success_at": .optional(cluster.observation?.at.description),
            "next_poll_at": .null,
            "consecutive_failures": .null,
            "last_failure": json(ofFailure: polls.lastFailure),
            "at": .string(fleet.instant.description),
            "age_seconds": cluster.observation.map { .double($0.age.seconds) } ?? .null,
        ]
    }

    private static func names(_ clusters: [ClusterID]) -> JSONValue { .array(clusters.map { .string($0.rawValue) }) }
}

extension PastCluster {
    /// Appends how old what is told of a link was at the instant.
    fileprivate func write(into bytes: inout [UInt8]) {
        bytes.appendMember("observed_at", instant: observation?.at)
        bytes.appendMember("age_seconds", observation.map { .double($0.age.seconds) } ?? .null)
    }
}
