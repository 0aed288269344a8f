import ClusterLinks
import ExactJSON
import NaiveInventory

extension Interrogation {
    /// What became of the links between two instants.
    mutating func diff() throws {
        guard knows("/diff") else { return }
        for _ in 0..<6 {
            guard let (from, to) = span() else { continue }
            let one = random.one(of: [nil] + fleet.clusters.map(\.id))
            // A cluster that was not observed at the earlier instant, or left the configuration, is ignorance and no news.
            let views = fleet.clusters.filter { one == nil || $0.id == one }
            let target = "/api/v1/diff?from=\(from)&to=\(to)" + (one.map { "&cluster_id=\($0)" } ?? "")
            let compared = views.filter { view in
                view.lastFrame(.past(from)) != nil && view.isConfigured(.past(from)) && view.isConfigured(.past(to))
                    && view.isConfigured(fleet.present)
            }
            let answer = try get(target + "&limit=1000")
            guard answer.status == 200 else {
                note(target, "\(answer.status) \(answer.text.prefix(300))")
                continue
            }
            let told = answer.items.filter { item in compared.contains { .string($0.id.rawValue) == item["cluster_id"] }
            }
            let expected = compared.flatMap { Self.differences(on: $0, from, to) }
            expect(.array(told.map(JSONValue.object)), .array(expected.map(JSONValue.object)), target)
            if knows("/diff", "cursor") { try expectPages(of: answer.items, target) }
        }
    }

    private static func differences(on view: NaiveView, _ from: Instant, _ to: Instant) -> [JSONObject] {
        let (before, after) = (view.listed(.past(from)), view.listed(.past(to)))
        let gone = before.filter { old in !after.contains { $0.link.number == old.link.number } }
        let come = after.filter { new in !before.contains { $0.link.number == new.link.number } }
        var found: [(sighting: NaiveView.Sighting, kind: String, from: LinkFacts?, to: LinkFacts?)] = []
        for new in after {
            if let old = before.first(where: { $0.link.number == new.link.number }) {
                // An id that came under a name is no change.
                guard new.facts.changed(from: old.facts) != [],
                    new.facts.changed(from: old.facts) != ["cluster_link_id"] || old.facts.id != nil
                else { continue }
                found.append((new, "changed", old.facts, new.facts))
            } else if let old = gone.first(where: { $0.facts.name == new.facts.name }) {
                found.append((new, "recreated", old.facts, new.facts))
            } else {
                found.append((new, "added", nil, new.facts))
            }
        }
        for old in gone where !come.contains(where: { $0.facts.name == old.facts.name }) {
            found.append((old, "removed", old.facts, nil))
        }
        return found.sorted { NaiveView.precedes($0.sighting, $1.sighting) }.map { difference in
            [
                "kind": .string(difference.kind), "cluster_id": .string(view.id.rawValue),
                "link_name": .string(difference.sighting.facts.name),
                "fields": fields(difference.from, difference.to, isSame: difference.kind == "changed"),
            ]
        }
    }

    private static func fields(_ from: LinkFacts?, _ to: LinkFacts?, isSame: Bool) -> JSONValue {
        let (before, after) = (from?.document ?? [:], to?.document ?? [:])
        var fields = JSONObject()
        for name in Set(before.members.map(\.name) + after.members.map(\.name)).sorted() {
            let (old, new) = (before[name] ?? .null, after[name] ?? .null)
            if name == "topic_names" {
                let (lost, gained) = (from?.topics ?? [], to?.topics ?? [])
                guard lost != gained else { continue }
                fields[name] = [
                    "added": .array(gained.subtracting(lost).sorted().map(JSONValue.string)),
                    "removed": .array(lost.subtracting(gained).sorted().map(JSONValue.string)),
                ]
            } else if name == "tasks" {
                guard from?.tasks ?? [] != to?.tasks ?? [] else { continue }
                fields[name] = [:]
            } else if old != new, !(isSame && name == "cluster_link_id") {
                fields[name] = ["from": old, "to": new]
            }
        }
        return .object(fields)
    }
}
