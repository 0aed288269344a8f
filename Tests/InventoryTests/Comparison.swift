import ClusterLinks
import GRDB
import Inventory
import NaiveInventory
import Testing

/// Holds what the inventory tells against what its naive counterpart works out.
struct Comparison {
    let inventory: InventoryStore
    private let naive: [ClusterID: NaiveCluster]
    let now: Instant
    private let stored: DatabaseQueue
    private let seed: Int

    /// - Parameter stored: the inventory's file, opened a second time.
    init(_ history: RandomHistory, _ stored: DatabaseQueue, seed: Int) {
        (inventory, naive, now) = (history.inventory, history.naive, history.now)
        self.stored = stored
        self.seed = seed
    }

    func all() async throws {
        let fleet = inventory.fleet.current(at: now)
        for (id, cluster) in naive {
            compare(try #require(fleet.cluster(id)), to: cluster)
            try await compareSnapshotsAndPolls(of: id, to: cluster)
            try await compareDeleted(on: id, to: cluster)
            let links = cluster.numbers.sorted().map { cluster.link($0) }
            for name in Set(links.compactMap { $0.facts?.name }) {
                try await compareHistory(of: .init(cluster: id, name: name), to: links, in: cluster)
            }
            for link in links {
                guard let facts = link.facts, let linkID = facts.id.flatMap({ ClusterLinkID($0) }) else { continue }
                try await compareHistory(of: .init(cluster: id, name: facts.name, id: linkID), to: [link], in: cluster)
            }
            try compareChanges(of: id, to: links, in: cluster)
            try await compareAvailability(of: id, to: links, in: cluster)
        }
        #expect(
            fleet.sequence == (try read("SELECT ifnull(max(sequence), 0) FROM changes") { $0[0] } as [Int64]).first,
            note
        )
        #expect(inventory.fleet.durability.isDurable, note)
    }

    var note: Comment { "seed \(seed)" }

    /// The present, which needs no database.
    /// - Parameter isWhole: false where a link may have come and gone unstored, so that its first life is forgotten.
    func compare(_ view: ClusterView, to cluster: NaiveCluster, isWhole: Bool = true) {
        let listed = cluster.numbers.map { cluster.link($0) }.filter(\.isListed)
            .sorted { ($0.facts?.name ?? "") < ($1.facts?.name ?? "") }
        #expect(view.isConfigured == cluster.isConfigured, note)
        #expect(view.wasListed == !cluster.frames.isEmpty, note)
        #expect(view.ghosts.count == cluster.frames.last?.ghosts ?? 0, note)
        let known = cluster.frames.last.map { now < $0.at.advanced(by: cluster.staleAfter) } ?? false
        #expect(view.isStale == !(known && cluster.isConfigured), note)
        #expect(view.links.map { LinkFacts($0.link.content.fields) } == listed.map(\.facts), note)
        #expect(view.links.map(\.link.identity) == listed.map(\.facts?.identity), note)
        if isWhole { #expect(view.links.map(\.link.firstObservedAt) == listed.map(\.firstObservedAt), note) }
        #expect(view.links.map(\.link.versionSince) == listed.map { $0.versions.last?.from }, note)
        #expect(view.links.map(\.link.hasTaskReading) == listed.map(\.hasTaskReading), note)
        let open = listed.map { link in link.episodes.last.flatMap { $0.to == nil ? $0 : nil } }
        #expect(view.links.map(\.link.episode?.startedAt) == open.map(\.?.from), note)
        #expect(view.links.map(\.link.episode?.message) == open.map { $0?.messages.last?.message }, note)
        let tally = inventory.fleet.tally(of: view.id)
        #expect(tally.lastSuccessAt == cluster.frames.last?.at, note)
        #expect(tally.lastPoll?.at == cluster.polls.last?.at, note)
        #expect(tally.lastFailure?.at == cluster.polls.last { $0.failure != nil }?.at, note)
        #expect(tally.consecutiveFailures == cluster.polls.reversed().prefix { $0.failure != nil }.count, note)
    }

    private func compareHistory(
        of selection: History.LinkSelection,
        to links: [NaiveLink],
        in cluster: NaiveCluster
    ) async throws {
        let links = links.filter { $0.facts?.name == selection.name }
        #expect(try await inventory.history.knows(selection), note)
        let versions = links.flatMap { link in link.versions.map { (link, $0) } }.sorted { $0.1.from > $1.1.from }
        let rows = try await paged(limit: 3) { page in
            try await inventory.history.versions(of: selection, page: page)
        } position: {
            $0.position
        }
        #expect(rows.map(\.validFrom) == versions.map(\.1.from), note)
        #expect(rows.map(\.validTo) == versions.map(\.1.to), note)
        #expect(rows.map(\.changed.names) == versions.map(\.1.changed), note)
        #expect(rows.map { LinkFacts($0.document.fields) } == versions.map(\.1.endsAs), note)
        #expect(rows.map(\.clusterLinkID) == versions.map(\.0.facts?.id), note)
        if let middle = versions.dropFirst(versions.count / 2).first?.1 {
            let to = middle.from.advanced(by: .seconds(100))
            let page = History.Page(from: middle.from, to: to)
            let part = try await inventory.history.versions(of: selection, page: page)
            let expected = versions.map(\.1).filter { $0.from < to && $0.to.map { $0 > middle.from } ?? true }
            #expect(part.map(\.validFrom) == expected.map(\.from), note)
        }

        let episodes = links.flatMap { link in link.episodes.map { (link, $0) } }.sorted { $0.1.from > $1.1.from }
        let episodeRows = try await paged(limit: 2) { page in
            try await inventory.history.episodes(of: selection, page: page, now: now)
        } position: {
            $0.position
        }
        #expect(episodeRows.map(\.startedAt) == episodes.map(\.1.from), note)
        for (row, (link, episode)) in zip(episodeRows, episodes) { compare(row, of: link, to: episode, in: cluster) }
    }

    private func compare(
        _ row: EpisodeRow,
        of link: NaiveLink,
        to episode: NaiveLink.Episode,
        in cluster: NaiveCluster
    ) {
        let end = episode.to ?? max(now, episode.from)
        let observed = cluster.frames.map(\.at).filter { $0 >= episode.from && $0 < (episode.to ?? .distantFuture) }
        #expect(row.endedAt == episode.to, note)
        #expect(row.trouble.text == episode.trouble, note)
        #expect(row.link.clusterLinkID == link.facts?.id, note)
        #expect(row.messages.map(\.at) == episode.messages.map(\.at), note)
        #expect(row.messages.map(\.message) == episode.messages.map(\.message), note)
        #expect(row.startedBeforeObservation == (episode.from == cluster.frames.first?.at), note)
        #expect(row.observations == observed.count, note)
        #expect(row.lastObservedAt == observed.last, note)
        #expect(row.length == end - episode.from, note)
        #expect(row.blind.milliseconds == row.length.milliseconds - cluster.known(from: episode.from, to: end), note)
    }

    private func compareSnapshotsAndPolls(of id: ClusterID, to cluster: NaiveCluster) async throws {
        let rows = try await inventory.history.snapshots(of: id, page: .init(limit: 1000))
        let expected = Array(cluster.snapshots.reversed())
        #expect(rows.map(\.firstObservedAt) == expected.map(\.first), note)
        #expect(rows.map(\.lastObservedAt) == expected.map(\.last), note)
        #expect(rows.map(\.linkCount) == expected.map(\.links.count), note)
        #expect(rows.map(\.errorCount) == expected.map { $0.links.values.count { $0.trouble != nil } }, note)
        #expect(rows.map(\.isCurrent) == expected.indices.map { $0 == 0 }, note)

        let runs = NaiveRun.runs(of: cluster)
        let runRows = try await inventory.history.pollRuns(of: id, page: .init(limit: 1000))
        #expect(runRows.map { NaiveRun($0) } == runs.reversed(), note)
        if let middle = runs.dropFirst(runs.count / 2).first {
            let page = History.Page(from: middle.last, to: middle.last.advanced(by: .seconds(100)))
            let part = try await inventory.history.pollRuns(of: id, page: page)
            let inPage = runs.filter { $0.first < middle.last.advanced(by: .seconds(100)) && $0.last >= middle.last }
            #expect(part.map(\.run.firstAt) == inPage.map(\.first).reversed(), note)
        }
    }

    private func compareDeleted(on id: ClusterID, to cluster: NaiveCluster) async throws {
        let deleted = cluster.numbers.map { cluster.link($0) }.filter { !$0.isListed }
            .sorted { ($0.facts?.identity?.description ?? "") < ($1.facts?.identity?.description ?? "") }
        let rows = try await inventory.history.deletedLinks(of: id)
            .sorted { $0.identity.description < $1.identity.description }
        #expect(rows.map(\.identity) == deleted.map(\.facts?.identity), note)
        #expect(rows.map(\.deletedAt) == deleted.map(\.deletedAt), note)
        #expect(rows.map(\.firstObservedAt) == deleted.map(\.firstObservedAt), note)
        #expect(rows.map(\.lastChangedAt) == deleted.map { $0.versions.last?.from }, note)
        #expect(rows.map { LinkFacts($0.document.fields) } == deleted.map(\.facts), note)
    }

    /// Every change of the cluster's links in the order of the feed: by instant, deletions first, then by name.
    private func compareChanges(of id: ClusterID, to links: [NaiveLink], in cluster: NaiveCluster) throws {
        let expected = links.flatMap { link in link.changes.map { (name: link.facts?.name ?? "", change: $0) } }
            .sorted { $0.change.rank < $1.change.rank }
        let rows = try read(
            """
            SELECT at, kind, before.body, after.body, ifnull(fields, '[]'), baseline, link_name FROM changes
                JOIN clusters USING (cluster_key) JOIN links USING (link_key)
                LEFT JOIN versions ON versions.link_key = changes.link_key AND valid_from = at
                LEFT JOIN field_lists USING (field_list_key)
                LEFT JOIN documents AS before ON before.document_key = before_key
                LEFT JOIN documents AS after ON after.document_key = after_key
            WHERE cluster_id = '\(id)' ORDER BY sequence
            """
        ) { row in (name: row["link_name"] as String, change: try NaiveLink.Change(row)) }
        #expect(rows.map(\.name) == expected.map(\.name), note)
        #expect(rows.map(\.change) == expected.map(\.change), note)
    }

    private func paged<Row>(
        limit: Int,
        _ fetch: (History.Page) async throws -> [Row],
        position: (Row) -> History.Position
    ) async throws -> [Row] {
        var rows: [Row] = []
        while true {
            let page = try await fetch(History.Page(before: rows.last.map(position), limit: limit))
            rows += page
            if page.count < limit { return rows }
        }
    }

    private func read<Value>(_ sql: String, _ value: (Row) throws -> Value) throws -> [Value] {
        try stored.read { try Row.fetchAll($0, sql: sql).map(value) }
    }
}
