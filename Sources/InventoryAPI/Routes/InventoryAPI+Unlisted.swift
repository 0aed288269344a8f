import ClusterLinks
import Inventory

/// Why a link that is asked for by its name is not there.
extension InventoryAPI {
    /// Of a link that is not known by that name; whoever knew it by an earlier one is told the present one.
    func neverListed(_ link: History.LinkSelection, on cluster: ClusterView) async throws -> APIProblem {
        guard cluster.wasListed else { return .notYetObserved(cluster: cluster.id.rawValue) }
        if let renaming = try await history.renaming(of: link) {
            return .renamedLink(name: link.name, cluster: cluster.id.rawValue, now: renaming)
        }
        return .unknownLink(name: link.name, cluster: cluster.id.rawValue)
    }

    /// Of a link that was not listed at an instant, though its cluster was.
    func notListed(_ link: History.LinkSelection, on cluster: ClusterView, at: Instant) async throws -> APIProblem {
        let reason: String
        switch try await history.absence(of: link, at: at) {
        case .unknown: return try await neverListed(link, on: cluster)
        case .notYetObserved(let first):
            return .notObservedBy(
                instant: at.description,
                what: "link \(link.name) of cluster \(cluster.id), first observed at \(first),"
            )
        case .gone(let since, let name?) where name.rawValue != link.name:
            reason = "the link was not called that yet, but \(name), and had gone at \(since)"
        case .gone(let since, _): reason = "it had gone at \(since); its history tells when it was listed"
        case .named(let name): reason = "the link was called \(name) then, ask for it by that name"
        case .withoutID: reason = "it had no such cluster_link_id yet, ask without it"
        }
        return .notListedAt(
            instant: at.description,
            name: link.name,
            cluster: cluster.id.rawValue,
            reason: reason
        )
    }
}
