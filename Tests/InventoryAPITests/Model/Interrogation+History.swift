import ClusterLinks
import ExactJSON
import NaiveInventory

extension Interrogation {
    /// Versions and episodes of each name, and of each of its incarnations.
    mutating func history() throws {
        for view in fleet.clusters {
            for name in view.names {
                let all = view.links.filter { $0.facts?.name == name }
                let base = "/api/v1/clusters/\(view.id)/links/\(name.escaped)"
                try history(of: all, in: view, base, "")
                for link in all where all.count > 1 {
                    guard let id = link.facts?.id else { continue }
                    try history(of: [link], in: view, base, "cluster_link_id=\(id)")
                }
            }
        }
    }

    private mutating func history(of links: [NaiveLink], in view: NaiveView, _ base: String, _ query: String) throws {
        for (from, to) in [(nil, nil), span().map { ($0, $1) } ?? (nil, nil)] as [(Instant?, Instant?)] {
            let parts = [query, from.map { "from=\($0)" }, to.map { "to=\($0)" }]
            let ends = parts.compactMap(\.self).filter { !$0.isEmpty }
            let tail = ends.isEmpty ? "" : "?" + ends.joined(separator: "&")
            let versions = links.flatMap { link in link.versions.map { (link, $0) } }
                .filter { $0.1.overlaps(from: from, to: to) }.sorted { $0.1.from > $1.1.from }
            try expect(list: versions.map { Self.json($0, of: $1) }, base + "/history" + tail)
            let episodes = links.flatMap { link in link.episodes.map { (link, $0) } }
                .filter { $0.1.overlaps(from: from, to: to) }.sorted { $0.1.from > $1.1.from }
            try expect(list: episodes.map { json($1, of: $0, in: view) }, base + "/errors" + tail)
        }
    }

    private static func json(_ link: NaiveLink, of version: NaiveLink.Version) -> JSONObject {
        [
            "cluster_link_id": .optional(link.facts?.id), "valid_from": .instant(version.from),
            "valid_to": .instant(version.to), "changed": .array(version.changed.map(JSONValue.string)),
            "link": .object(version.endsAs.document),
        ]
    }

    func json(_ episode: NaiveLink.Episode, of link: NaiveLink, in view: NaiveView) -> JSONObject {
        let end = episode.to ?? max(fleet.now, episode.from)
        let seen = view.frames.map(\.at).filter { $0 >= episode.from && $0 < (episode.to ?? .distantFuture) }
        let length = (end - episode.from).milliseconds
        let code = episode.trouble.split(separator: " ").map(String.init)
        return [
            "cluster_id": .string(view.id.rawValue), "link_name": .optional(link.facts?.name),
            "cluster_link_id": .optional(link.facts?.id),
            "link_error": code[0] == "error" ? .string(code[1]) : .null,
            "link_error_message": .optional(episode.messages.last?.message),
            "started_at": .instant(episode.from), "ended_at": .instant(episode.to),
            "duration_seconds": .seconds(length),
            "blind_seconds": .seconds(length - view.cluster.known(from: episode.from, to: end)),
            "ongoing": .bool(episode.to == nil), "observations": .int(seen.count),
            "last_observed_at": .instant(seen.last),
            "started_before_observation": .bool(episode.from == view.frames.first?.at),
            "messages": .array(
                episode.messages.map { ["at": .instant($0.at), "message": .string($0.message)] }
            ),
        ]
    }

    /// The episodes of the whole fleet; those that began together may stand in any order.
    mutating func errors() throws {
        guard knows("/errors") else { return }
        for _ in 0..<4 {
            let (from, to) = span().map { ($0 as Instant?, $1 as Instant?) } ?? (nil, nil)
            let cluster = random.one(of: [nil] + fleet.clusters.map(\.id))
            let error = random.one(of: [nil, nil, "TIMEOUT_ERROR"])
            let configured = random.one(of: ["true", "any"])
            var query = ["configured=\(configured)"]
            if let from, let to, !random.once(in: 3) { query += ["from=\(from)", "to=\(to)"] }
            if let cluster { query.append("cluster_id=\(cluster)") }
            if let error { query.append("link_error=\(error)") }
            let bounds = query.contains { $0.hasPrefix("from") } ? (from, to) : (nil, nil)
            let views = fleet.clusters.filter {
                (cluster == nil || $0.id == cluster) && (configured == "any" || $0.isConfigured(fleet.present))
            }
            let expected = views.flatMap { view in
                view.links.flatMap { link in
                    link.episodes.filter { $0.overlaps(from: bounds.0, to: bounds.1) }
                        .map { json($0, of: link, in: view) }
                }
            }.filter { error == nil || $0["link_error"]?.string == error }
            let target = "/api/v1/errors?" + query.joined(separator: "&")
            let answer = try get(target + "&limit=1000")
            let starts = answer.items.compactMap { $0["started_at"]?.string }
            if starts != starts.sorted(by: >) { note(target, "not the newest first") }
            let rank = { (json: JSONObject) in
                ["started_at", "cluster_id", "link_name", "cluster_link_id"].map { json[$0]?.string ?? "" }
                    .joined(separator: " ")
            }
            let sorted = { (items: [JSONObject]) in
                JSONValue.array(items.sorted { rank($0) > rank($1) }.map(JSONValue.object))
            }
            expect(sorted(answer.items), sorted(expected), target)
            try expectPages(of: answer.items, target)
        }
    }
}

extension NaiveLink.Episode {
    func overlaps(from start: Instant?, to end: Instant?) -> Bool {
        end.map { from < $0 } ?? true && start.map { start in to.map { start < $0 } ?? true } ?? true
    }
}
