import ClusterLinks
import ExactJSON
import NaiveInventory

extension Interrogation {
    /// Which links are two sides of one, and what the fleet's graph is made of.
    mutating func pairs() throws {
        guard knows("/links/pairs") else { return }
        try pairs(fleet.present)
        if knows("/links/pairs", "at") { for instant in instants(3) { try pairs(.past(instant)) } }
    }

    private mutating func pairs(_ moment: Moment) throws {
        let target = "/api/v1/links/pairs" + (moment.isPresent ? "" : "?at=\(moment.instant)")
        let answer = try get(target + (moment.isPresent ? "?" : "&") + "limit=1000")
        guard answer.status == 200 else { return note(target, "\(answer.status) \(answer.text.prefix(300))") }
        let expected = Set(Self.pairs(of: fleet.clusters.filter { $0.isConfigured(moment) }, moment))
        let told = answer.items.map { pair in Self.sides(of: pair) }
        if Set(told) != expected || told.count != expected.count {
            note(target, "\(told.map { $0.sorted() }), expected \(expected.map { $0.sorted() })")
        }
        let links = fleet.clusters.flatMap { view in view.listed(moment).map { (view: view, facts: $0.facts) } }
        for pair in answer.items {
            let names = Self.sides(of: pair)
            let both = links.filter { names.contains("\($0.view.id) \($0.facts.name)") }
            guard both.count == 2 else { continue }
            let health = both.map { $0.view.health(of: $0.facts, moment) }
            let (states, errors) = (both.compactMap(\.facts.state), both.map(\.facts.error))
            var differing: Set<String> = []
            if states.count == 2, states[0] != states[1] { differing.insert("link_state") }
            if errors[0] != errors[1] { differing.insert("link_error") }
            if !health.contains("unknown"), health[0] != health[1] { differing.insert("health") }
            let place = "\(target) \(names.sorted())"
            expect(pair["agree"], .bool(differing.isEmpty), place)
            let told = Set((pair["differences"]?.object?.members ?? []).map(\.name))
            if told != differing { note(place, "differs in \(told.sorted()), expected \(differing.sorted())") }
            let broken = Set(both.filter { $0.facts.lastKnownHealth == "error" }.map(\.view.id.rawValue))
            let reporting = Set((pair["errors_reported_by"]?.array ?? []).compactMap(\.string))
            if reporting != broken { note(place, "errors of \(reporting.sorted()), expected \(broken.sorted())") }
        }
    }

    /// Every side that an answer shows: the objects in it that say which cluster lists which link.
    private static func sides(of pair: JSONObject) -> Set<String> {
        var sides: Set<String> = []
        for member in pair.members {
            let objects = member.value.object.map { [$0] } ?? member.value.array?.compactMap(\.object) ?? []
            for object in objects {
                guard let cluster = object["cluster_id"]?.string, let name = object["link_name"]?.string else {
                    continue
                }
                sides.insert("\(cluster) \(name)")
            }
        }
        return sides
    }

    /// By id where exactly two have it; else by name where exactly two of a name look at each other's cluster.
    static func pairs(of views: [NaiveView], _ moment: Moment) -> [Set<String>] {
        let all = views.flatMap { view in view.listed(moment).map { (view: view, facts: $0.facts) } }
        let side = { (link: (view: NaiveView, facts: LinkFacts)) in "\(link.view.id) \(link.facts.name)" }
        var pairs: [Set<String>] = []
        var rest: [(view: NaiveView, facts: LinkFacts)] = []
        for link in all {
            let same = all.filter { $0.facts.id != nil && $0.facts.id == link.facts.id }
            if same.count == 2, same[0].view.id != same[1].view.id {
                if same[0].view.id == link.view.id { pairs.append(Set(same.map(side))) }
            } else if same.count < 2 {
                rest.append(link)
            }
        }
        for link in rest {
            let same = rest.filter { other in
                other.facts.name == link.facts.name && Self.ends(other) != nil && Self.ends(other) == Self.ends(link)
            }
            guard same.count == 2, same[0].view.id == link.view.id, same[1].view.id != link.view.id else { continue }
            let directions = same.map { $0.facts.direction(on: $0.view.id) }.sorted()
            if directions == ["destination", "source"] || directions == ["bidirectional", "bidirectional"] {
                pairs.append(Set(same.map(side)))
            }
        }
        return pairs
    }

    /// The two clusters that a link connects, as it tells them.
    private static func ends(_ link: (view: NaiveView, facts: LinkFacts)) -> Set<String>? {
        let own = link.view.id.rawValue
        let told = [link.facts.remote, link.facts.source, link.facts.destination].compactMap(\.self).first { $0 != own }
        return told.map { [$0, own] }
    }
}
