import ClusterLinks
import ExactJSON
import Foundation
import Inventory
import NaiveInventory

extension Interrogation {
    mutating func links() throws {
        try lists(fleet.present)
        try singles(fleet.present)
        guard knows("/links", "at") else { return }
        for instant in instants(6) {
            try lists(.past(instant))
            if knows("/clusters/{cluster_id}/links/{link_name}", "at") { try singles(.past(instant)) }
        }
    }

    private mutating func lists(_ moment: Moment) throws {
        for _ in 0..<3 {
            let filter = Filter.random(&random)
            let target = "/api/v1/links?" + filter.query(moment)
            let answer = try expect(list: filter.links(of: fleet.clusters, moment), target)
            if moment.isPresent {
                expectSequence(answer, target)
            } else {
                try expectNotYetObserved(answer, moment, target, isAskedFor: filter.admits)
            }
            for view in fleet.clusters where moment.isPresent || view.lastFrame(moment) != nil {
                let target = "/api/v1/clusters/\(view.id)/links?" + filter.query(moment)
                try expect(list: filter.links(of: [view], moment), target)
            }
        }
    }

    /// Each name and each incarnation.
    private mutating func singles(_ moment: Moment) throws {
        for view in fleet.clusters {
            let (listed, gone) = (view.listed(moment), view.gone(moment))
            let at = moment.isPresent ? "" : "at=\(moment.instant)"
            for name in Set(view.links.flatMap { $0.versions.map(\.endsAs.name) }).sorted() {
                let base = "/api/v1/clusters/\(view.id)/links/\(name.escaped)"
                let target = base + (at.isEmpty ? "" : "?\(at)")
                if let meant = listed.first(where: { $0.facts.name == name }) {
                    try expect(item: view.json(meant, moment), target)
                } else if let problem = view.absence(of: name, moment) {
                    try expect(problem: problem, status: 404, target)
                }
                for sighting in listed + gone where sighting.facts.name == name {
                    guard let id = sighting.facts.id else { continue }
                    let target = base + "?cluster_link_id=\(id)" + (at.isEmpty ? "" : "&\(at)")
                    if sighting.deletedAt == nil || moment.isPresent {
                        try expect(item: view.json(sighting, moment), target)
                    } else {
                        try expect(problem: "unknown-link", status: 404, target)
                    }
                }
            }
        }
    }

    /// A choice of links by what they show.
    private struct Filter {
        var health: Set<String>?
        var lastKnown: String?
        var error: String?
        var state: String?
        var name: String?
        var text: String?
        var remote: String?
        var environment: String?
        var configured = "true"
        var deleted = "false"
        var isBackwards = false

        static func random(_ random: inout SeededGenerator) -> Filter {
            var filter = Filter()
            if random.once(in: 4) { filter.health = random.one(of: [["ok"], ["error", "degraded"], ["unknown"]]) }
            if random.once(in: 6) { filter.lastKnown = random.one(of: ["ok", "degraded", "error"]) }
            if random.once(in: 6) { filter.error = random.one(of: ["NO_ERROR", "TIMEOUT_ERROR"]) }
            if random.once(in: 6) { filter.state = random.one(of: ["ACTIVE", "PAUSED", "FAILED"]) }
            if random.once(in: 6) { filter.name = random.one(of: ["bare", "pair", "orders", "a/b c"]) }
            if random.once(in: 6) { filter.text = random.one(of: ["TIME", "b c", "refused", "pair", "lkc-a"]) }
            if random.once(in: 6) { filter.remote = random.one(of: ["lkc-a", "lkc-b", "lkc-elsewhere"]) }
            if random.once(in: 6) { filter.environment = random.one(of: ["test", "prod", "prod,test"]) }
            if random.once(in: 2) { filter.configured = random.one(of: ["any", "false"]) }
            if random.once(in: 2) { filter.deleted = random.one(of: ["any", "true"]) }
            filter.isBackwards = random.once(in: 4)
            return filter
        }

        func query(_ moment: Moment) -> String {
            var query = ["configured=\(configured)"]
            // What had gone by an instant is told by the feed and by history.
            query.append(moment.isPresent ? "deleted=\(deleted)" : "at=\(moment.instant)")
            if let health { query.append("health=" + health.sorted().joined(separator: ",")) }
            if let lastKnown { query.append("last_known_health=\(lastKnown)") }
            if let error { query.append("link_error=\(error)") }
            if let state { query.append("link_state=\(state)") }
            if let name { query.append("link_name=\(name.escaped)") }
            if let text { query.append("q=\(text.escaped)") }
            if let remote { query.append("remote_cluster_id=\(remote)") }
            if let environment { query.append("label.env=\(environment)") }
            if isBackwards { query.append("sort=-link_name") }
            return query.joined(separator: "&")
        }

        func links(of views: [NaiveView], _ moment: Moment) -> [JSONObject] {
            var found: [(view: NaiveView, sighting: NaiveView.Sighting)] = []
            for view in views where configured == "any" || view.isConfigured(moment) == (configured == "true") {
                let listed = deleted == "true" && moment.isPresent ? [] : view.listed(moment)
                let gone = deleted == "false" || !moment.isPresent ? [] : view.gone(moment)
                found += (listed + gone).sorted(by: NaiveView.precedes).map { (view, $0) }
            }
            found.removeAll { view, sighting in
                let facts = sighting.facts
                let health = sighting.deletedAt == nil ? view.health(of: facts, moment) : "unknown"
                if let wanted = self.health, !wanted.contains(health) { return true }
                if let lastKnown, facts.lastKnownHealth != lastKnown { return true }
                if let error, facts.error ?? "NO_ERROR" != error { return true }
                if let state, facts.state != state { return true }
                if let name, facts.name != name { return true }
                let other = facts.remote ?? facts.source ?? facts.destination
                if let remote, other != remote { return true }
                if !admits(view) { return true }
                if let text, !Self.words(of: facts, in: view, other).contains(where: { Self.mentions(text, $0) }) {
                    return true
                }
                return false
            }
            // Those of one name stay in the order of lists.
            if isBackwards {
                found.sort {
                    ($1.sighting.facts.name, $0.view.id.rawValue, $0.sighting.facts.id ?? "")
                        < ($0.sighting.facts.name, $1.view.id.rawValue, $1.sighting.facts.id ?? "")
                }
            }
            return found.map { $0.view.json($0.sighting, moment) }
        }

        func admits(_ view: NaiveView) -> Bool {
            environment?.contains(view.description.labels["env"] ?? "none") ?? true
        }

        private static func words(of facts: LinkFacts, in view: NaiveView, _ other: String?) -> [String] {
            let told = [facts.id, facts.error, facts.message, facts.state, view.description.name, other]
            return [facts.name, view.id.rawValue] + told.compactMap(\.self) + facts.topics
        }

        private static func mentions(_ text: String, _ word: String) -> Bool {
            word.lowercased().range(of: text.lowercased()) != nil
        }
    }
}
