import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// The past of one link, its versions and its error episodes, and the error episodes of the fleet.
extension InventoryAPI {
    private static let parameters: [Parameter] = [.clusterLinkID, .from, .to, .limit, .cursor]

    var historyRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/clusters/{cluster_id}/links/{link_name}/history",
                id: "listVersions",
                summary: "The versions of a link, newest first, of all incarnations of its name",
                parameters: Self.parameters,
                answer: .list(of: .version),
                handler: .asynchronous { try await versions($0) }
            ),
            APIRoute(
                "/api/v1/clusters/{cluster_id}/links/{link_name}/errors",
                id: "listLinkErrors",
                summary: "The error episodes of a link, newest first, of all incarnations of its name",
                parameters: Self.parameters,
                answer: .list(of: .episode),
                handler: .asynchronous { try await episodes($0) }
            ),
            APIRoute(
                "/api/v1/errors",
                id: "listErrors",
                summary: "The error episodes of the fleet, newest first",
                parameters: [.clusterID] + LinkFilter.parameters + [.from, .to, .limit, .cursor],
                answer: .list(of: .episode),
                handler: .asynchronous { try await fleetEpisodes($0) }
            ),
        ]
    }

    private func versions(_ question: Question) async throws -> Response {
        let view = view
        let (link, cluster) = try named(question, in: view)
        return try await HistoryPage.answer(question, sequence: view.sequence, now: now) { page in
            let versions = try await history.versions(of: link, page: page)
            if versions.isEmpty { try await demandKnown(link, on: cluster) }
            return versions
        } position: {
            $0.position
        } write: { version, bytes in
            VersionJSON.write(version, into: &bytes)
        }
    }

    private func episodes(_ question: Question) async throws -> Response {
        let view = view
        let (link, cluster) = try named(question, in: view)
        let now = now
        return try await HistoryPage.answer(question, sequence: view.sequence, now: now) { page in
            let episodes = try await history.episodes(of: link, page: page, now: now)
            if episodes.isEmpty { try await demandKnown(link, on: cluster) }
            return episodes
        } position: {
            $0.position
        } write: { episode, bytes in
            EpisodeJSON.object(episode).write(into: &bytes)
        }
    }

    /// Errors and states that are asked for are those of the episodes; healths, remote clusters and texts those that the
    /// link has now, or had last.
    private func fleetEpisodes(_ question: Question) async throws -> Response {
        let view = view
        let filter = try LinkFilter(question)
        let gone = filter.asksForPresent ? try await history.deletedLinks() : []
        let goneByCluster = Dictionary(grouping: gone, by: \.cluster)
        let now = now
        return try await HistoryPage.answer(question, sequence: view.sequence, now: now) { page in
            try await history.episodes(page: page, now: now) { link in
                guard let cluster = view.cluster(link.cluster), filter.admits(cluster),
                    filter.admits(name: link.name, clusterLinkID: link.clusterLinkID)
                else { return false }
                guard filter.asksForPresent else { return true }
                let id = link.clusterLinkID.flatMap { ClusterLinkID($0) }
                if let record = cluster.link(named: link.name, id: id) {
                    return filter.admitsPresent(of: PresentableLink(record, in: cluster))
                }
                let row = goneByCluster[cluster.id]?.last { $0.name.rawValue == link.name && $0.clusterLinkID == id }
                return row.map { filter.admitsPresent(of: PresentableLink($0, in: cluster)) } ?? false
            } admitsTrouble: {
                filter.admits(error: $0.linkError, state: $0.linkState)
            }
        } position: {
            $0.position
        } write: { episode, bytes in
            EpisodeJSON.object(episode).write(into: &bytes)
        }
    }

    /// The link that a path names, which was listed at some time.
    func selection(_ question: Question, in view: FleetView) async throws -> History.LinkSelection {
        let (link, cluster) = try named(question, in: view)
        try await demandKnown(link, on: cluster)
        return link
    }

    private func named(
        _ question: Question,
        in view: FleetView
    ) throws -> (link: History.LinkSelection, cluster: ClusterView) {
        let cluster = try cluster(question.clusterID, in: view)
        let id = try question.incarnation
        return (History.LinkSelection(cluster: cluster.id, name: question.linkName, id: id), cluster)
    }

    private func demandKnown(_ link: History.LinkSelection, on cluster: ClusterView) async throws {
        guard try await history.knows(link) else { throw try await neverListed(link, on: cluster) }
    }
}
