import ClusterLinks
import ExactJSON
import GRDB
import Inventory
import NaiveInventory

/// Everything that an inventory answers about the time from an instant on: what retention must leave as it is.
struct AnswersSince {
    let inventory: InventoryStore
    let instant: Instant
    let now: Instant
    /// False where links may have begun anew, as their first life was forgotten.
    var tellsFirstObservation = true

    func all() async throws -> [String: String] {
        let changes = try await InventoryAnswers(inventory, now: now).changes()
            .filter { ($0.object?["at"]?.string).map { $0 >= instant.description } ?? false }
        let instants = Set(changes.compactMap { $0.object?["at"]?.string.flatMap { Instant(rfc3339: $0) } })
        let edges = instants.flatMap { [$0, $0.advanced(by: .milliseconds(-1))] }
        let moments = (edges + [instant, now]).filter { $0 >= instant }.sorted()
        var answers = ["changes": "\(JSONValue.array(changes).sorted)"]
        for moment in moments { answers["at \(moment)"] = try await fleet(at: moment) }
        for (from, to) in zip(moments, moments.dropFirst()) + [(instant, now)] {
            answers["from \(from) to \(to)"] = try await differences(from: from, to: to)
        }
        if instant < now {
            let span = Span(from: instant, to: now)
            for cluster in RandomHistory.clusters {
                let row = try await inventory.history.availability(of: [cluster], in: span)
                answers["availability of \(cluster)"] = "\(row.figures)"
            }
        }
        for cluster in RandomHistory.clusters {
            answers["snapshots of \(cluster)"] = try await snapshots(of: cluster)
            answers["runs of \(cluster)"] = try await runs(of: cluster)
            for name in ["bare", "orders", "payments", "stock"] {
                let link = History.LinkSelection(cluster: cluster, name: name)
                answers["versions of \(name) on \(cluster)"] = try await versions(of: link)
                answers["episodes of \(name) on \(cluster)"] = try await episodes(of: link)
            }
        }
        return answers
    }

    private var page: History.Page { History.Page(from: instant, limit: 10_000) }

    private func fleet(at moment: Instant) async throws -> String {
        try await inventory.history.fleet(at: moment) { [tellsFirstObservation] fleet in
            let clusters = try RandomHistory.clusters.compactMap { id in
                try fleet.cluster(ClusterDescription(id: id))
            }.map { cluster in
                let links = try fleet.links(of: cluster).map { link in
                    [
                        "\(link.identity)", "\(link.name)", "\(link.document.fields.encoded)",
                        "\(link.lastKnownHealth)",
                        "\(link.versionSince)", tellsFirstObservation ? "\(link.firstObservedAt)" : "",
                    ].joined(separator: " ")
                }
                let seen = cluster.observation.map { "\($0.at) \($0.age)" } ?? "never"
                return "\(cluster.id) \(cluster.view.isConfigured) \(cluster.view.isStale) \(seen) \(links)"
            }
            return "\(fleet.sequence) \(clusters)"
        }
    }

    private func differences(from: Instant, to: Instant) async throws -> String {
        try await inventory.history.differences(from: from, to: to) { differences in
            let items = try differences.clusters.flatMap { try differences.differences(on: $0) }
            return "\(items.map { String(decoding: $0.json.encoded, as: UTF8.self) })"
        }
    }

    private func versions(of link: History.LinkSelection) async throws -> String {
        let rows = try await inventory.history.versions(of: link, page: page)
        let told = rows.map { row in
            "\(row.validFrom) \(row.validTo.map(\.description) ?? "") \(row.changed) \(row.clusterLinkID ?? "") \(row.document.fields.encoded)"
        }
        return "\(told.sorted())"
    }

    /// How much of an episode was blind depends on polls before it too, which go while it lasts.
    private func episodes(of link: History.LinkSelection) async throws -> String {
        let rows = try await inventory.history.episodes(of: link, page: page, now: now)
        let told = rows.map { row in
            let blind = row.startedAt >= instant ? "\(row.blind)" : ""
            return
                "\(row.startedAt) \(row.endedAt.map(\.description) ?? "") \(row.trouble) \(row.observations) \(row.messages) \(blind) \(row.lastObservedAt) \(row.link)"
        }
        return "\(told.sorted())"
    }

    private func snapshots(of cluster: ClusterID) async throws -> String {
        let rows = try await inventory.history.snapshots(of: cluster, page: page)
        return "\(rows.filter { $0.lastObservedAt >= instant })"
    }

    private func runs(of cluster: ClusterID) async throws -> String {
        let rows = try await inventory.history.pollRuns(of: cluster, page: page)
        return "\(rows.map { "\($0.run) \($0.message ?? "")" })"
    }
}
