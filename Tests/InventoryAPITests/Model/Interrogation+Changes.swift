import ClusterLinks
import ExactJSON
import NaiveInventory

extension Interrogation {
    /// The feed whole, from anywhere in it, and of some clusters, links and kinds.
    mutating func changes() throws {
        guard knows("/changes") else { return }
        let all = zip(1..., fleet.feed).map { json($1, sequence: $0) }
        try feed("", from: 0, all)
        for _ in 0..<2 { try feed("", from: .random(in: 0...all.count, using: &random), all) }
        for _ in 0..<3 {
            let cluster = random.one(of: fleet.clusters.map(\.id.rawValue))
            let name = random.one(of: ["orders", "pair", "bare", "a/b c"])
            let kind = random.one(of: ["created", "deleted", "changed", "retired", "restored"])
            let (filter, fits): (String, (JSONObject) -> Bool) = random.one(of: [
                ("cluster_id=\(cluster)", { $0["cluster_id"]?.string == cluster }),
                // Of a link that was renamed, both names are meant.
                (
                    "link_name=\(name.escaped)",
                    { change in
                        ["before", "after"].contains { change[$0]?.object?["link_name"]?.string == name }
                    }
                ),
                ("kind=\(kind)", { $0["kind"]?.string == kind }),
                (
                    "cluster_id=\(cluster)&kind=\(kind)",
                    { $0["kind"]?.string == kind && $0["cluster_id"]?.string == cluster }
                ),
            ])
            try feed(filter + "&", from: .random(in: 0...all.count, using: &random), all.filter(fits))
        }
        try expect(problem: nil, status: 400, "/api/v1/changes?after=\(all.count + 1)")
    }

    /// Follows the feed page by page until nothing comes any more; a baseline is told of where it is one, and nowhere else.
    private mutating func feed(_ filter: String, from start: Int, _ expected: [JSONObject]) throws {
        let limit = random.one(of: [1, 3, 7, 1000])
        var after = String(start)
        var items: [JSONObject] = []
        let target = "/api/v1/changes?\(filter)limit=\(limit)&after="
        for _ in 0..<2000 {
            let page = try get(target + after)
            guard page.status == 200 else { return note(target + after, "\(page.status) \(page.text.prefix(300))") }
            items += page.items
            let next = page.nextCursor ?? page.json["next_cursor"]?.int.map(String.init)
            if page.items.count > limit { note(target + after, "\(page.items.count) items") }
            guard let next else {
                note(target + after, "no next_cursor")
                break
            }
            if page.items.isEmpty, next == after || Int(next) ?? 0 >= fleet.feed.count { break }
            after = next
        }
        let rest = expected.filter { $0["sequence"]?.int ?? 0 > start }
        expect(.array(items.map(JSONValue.object)), .array(rest.map(JSONValue.object)), target + String(start))
        if items.map({ $0["baseline"] == true }) != rest.map({ $0["baseline"] == true }) { note(target, "baselines") }
    }

    private mutating func expect(problem: String?, status: Int, _ target: String) throws {
        let answer = try get(target)
        if answer.status != status || answer.fields["content-type"] != "application/problem+json" {
            note(target, "\(answer.status) \(answer.text.prefix(300)), expected \(status)")
        }
        if answer.json["latest_sequence"] != .int(fleet.feed.count) { note(target, answer.text) }
    }

    private func json(_ entry: NaiveFleet.Entry, sequence: Int) -> JSONObject {
        let document = { (facts: LinkFacts?) -> JSONValue in facts.map { .object($0.document) } ?? .null }
        var json: JSONObject = [
            "sequence": .int(sequence), "at": .instant(entry.at), "kind": .string(entry.kind),
            "cluster_id": .string(entry.cluster.rawValue),
            // Name and id of then: a change stays as it was told, also where the link has got an id since.
            "link_name": .optional((entry.change?.after ?? entry.change?.before)?.name),
            "cluster_link_id": .optional((entry.change?.after ?? entry.change?.before)?.id),
            "changed": .array((entry.change?.changed ?? []).map(JSONValue.string)),
            "before": document(entry.change?.before), "after": document(entry.change?.after),
        ]
        if entry.change?.isBaseline == true { json["baseline"] = true }
        return json
    }
}
