import Inventory
import ClusterLinks
import ExactJSON
import NaiveInventory

extension Interrogation {
    /// How long each link, each cluster and the fleet were in which health.
    mutating func availability() throws {
        guard knows("/clusters/{cluster_id}/links/{link_name}/availability") else { return }
        for view in fleet.clusters {
            for link in view.links {
                guard let facts = link.facts, let id = facts.id else { continue }
                let (window, asked) = window()
                let target = "/api/v1/clusters/\(view.id)/links/\(facts.name.escaped)/availability?"
                let figures = Figures([(link, view)], from: asked, to: fleet.now)
                try expect(item: figures.json, target + "window=\(window)&cluster_link_id=\(id)")
            }
            guard knows("/clusters/{cluster_id}/availability") else { continue }
            let (window, asked) = window()
            let figures = Figures(view.links.map { ($0, view) }, from: asked, to: fleet.now)
            try expect(item: figures.json, "/api/v1/clusters/\(view.id)/availability?window=\(window)")
        }
        guard knows("/availability") else { return }
        let configured = fleet.clusters.filter { $0.isConfigured(fleet.present) }
        for (query, views) in [
            ("configured=any", fleet.clusters),
            ("label.env=test", configured.filter { $0.description.labels["env"] == "test" }),
        ] {
            let (window, asked) = window()
            let links = views.flatMap { view in view.links.map { ($0, view) } }
            let figures = Figures(links, from: asked, to: fleet.now)
            try expect(item: figures.json, "/api/v1/availability?window=\(window)&\(query)")
        }
    }

    private mutating func window() -> (name: String, from: Instant) {
        let (name, milliseconds) = random.one(
            of: [("30d", Int64(30 * 86_400_000)), ("1h", 3_600_000), ("5m", 300_000), ("90s", 90_000)]
        )
        return (name, Instant(milliseconds: fleet.now.milliseconds - milliseconds))
    }
}

/// Rule 15 over one or more links, added up from one edge to the next.
struct Figures {
    private var milliseconds = ["ok": Int64(0), "degraded": 0, "error": 0, "unknown": 0]
    private var troubles: [(length: Int64, hasEnded: Bool)] = []
    private var life: (from: Instant, to: Instant)?
    private let asked: Instant

    init(_ links: [(NaiveLink, NaiveView)], from: Instant, to: Instant) {
        asked = to
        for (link, view) in links { add(link, of: view, from, to) }
    }

    private mutating func add(_ link: NaiveLink, of view: NaiveView, _ from: Instant, _ to: Instant) {
        // Clipped to the link's life; of a time in between in which it was not listed nothing is counted.
        let listed = link.versions.map { (max(from, $0.from), min(to, $0.to ?? to)) }.filter { $0.0 < $0.1 }
        guard let first = listed.first?.0, let last = listed.last?.1 else { return }
        life = (min(life?.from ?? first, first), max(life?.to ?? last, last))
        var isInTrouble = false
        let edges = Set(([first, last] + view.boundaries).filter { $0 >= first && $0 <= last }).sorted()
        for (start, end) in zip(edges, edges.dropFirst()) {
            let version = link.versions.last { $0.lasts(at: start) }
            let length = (end - start).milliseconds
            if let version {
                let isKnown = view.cluster.known(from: start, to: end) == length
                milliseconds[isKnown ? version.endsAs.lastKnownHealth : "unknown", default: 0] += length
            }
            if version?.endsAs.lastKnownHealth == "error" {
                if !isInTrouble { troubles.append((0, false)) }
                troubles[troubles.count - 1].length += length
                isInTrouble = true
            } else {
                if isInTrouble { troubles[troubles.count - 1].hasEnded = true }
                isInTrouble = false
            }
        }
        // A deletion ends it, too.
        if isInTrouble, last < to { troubles[troubles.count - 1].hasEnded = true }
    }

    var json: JSONObject {
        let total = milliseconds.values.reduce(0, +)
        let good = (milliseconds["ok"] ?? 0) + (milliseconds["degraded"] ?? 0)
        let known = good + (milliseconds["error"] ?? 0)
        let ended = troubles.filter(\.hasEnded).map(\.length)
        let part = { (part: Int64, whole: Int64) -> JSONValue in
            whole == 0 ? .null : .double(Double(part) / Double(whole))
        }
        let each = { (value: (Int64) -> JSONValue) in
            JSONValue.object(JSONObject(milliseconds.sorted { $0.key < $1.key }.map { ($0.key, value($0.value)) }))
        }
        var json: JSONObject = [
            "seconds": each(JSONValue.seconds), "share": each { part($0, total) }, "coverage": part(known, total),
            "availability": part(good, known), "episodes": .int(troubles.count),
            "mttr_seconds": part(ended.reduce(0, +), Int64(ended.count) * 1000),
            "mtbf_seconds": part(good, Int64(troubles.count) * 1000),
            "longest_seconds": troubles.map(\.length).max().map(JSONValue.seconds) ?? .null,
        ]
        if let life { (json["from"], json["to"]) = (.instant(life.from), .instant(life.to)) }
        return json
    }
}
