import ClusterLinks
import ExactJSON
import NaiveInventory

extension Interrogation {
    /// One document of a link's incident: what was in force, what happened, and what was seen.
    mutating func evidence() throws {
        guard knows("/clusters/{cluster_id}/links/{link_name}/evidence") else { return }
        for view in fleet.clusters {
            for name in view.names {
                guard let (from, to) = span(), from < to else { continue }
                let links = view.links.filter { $0.facts?.name == name }
                let target = "/api/v1/clusters/\(view.id)/links/\(name.escaped)/evidence?from=\(from)&to=\(to)"
                let answer = try get(target)
                guard answer.status == 200 else {
                    note(target, "\(answer.status) \(answer.text.prefix(300))")
                    continue
                }
                let told = answer.json
                expect(.object(told), .object(lists(of: links, in: view, from, to)), target)
                let justBefore = Instant(milliseconds: from.milliseconds - 1)
                expect(document: told["before"], Self.inForce(links, at: justBefore), target + " before")
                expect(document: told["after"], Self.inForce(links, at: to), target + " after")
            }
        }
    }

    private func lists(of links: [NaiveLink], in view: NaiveView, _ from: Instant, _ to: Instant) -> JSONObject {
        let versions = links.flatMap { link in link.versions.map { (link, $0) } }
            .filter { $0.1.overlaps(from: from, to: to) }.sorted { $0.1.from > $1.1.from }
        let episodes = links.flatMap { link in link.episodes.map { (link, $0) } }
            .filter { $0.1.overlaps(from: from, to: to) }.sorted { $0.1.from > $1.1.from }
        let runs = NaiveRun.runs(of: view.cluster).filter { $0.first < to && $0.last >= from }
        return [
            "link_name": .optional(links.first?.facts?.name), "from": .instant(from),
            "to": .instant(to),
            "versions": .array(
                versions.map { ["valid_from": .instant($1.from), "link": .object($1.endsAs.document)] }
            ),
            "errors": .array(
                episodes.map { ["started_at": .instant($1.from), "ended_at": .instant($1.to)] }
            ),
            "polls": .array(runs.reversed().map { ["first_at": .instant($0.first), "count": .int($0.count)] }),
        ]
    }

    /// The document of the newest incarnation that was listed then.
    private static func inForce(_ links: [NaiveLink], at instant: Instant) -> NaiveLink.Version? {
        links.compactMap { $0.versions.last { $0.lasts(at: instant) } }.max { $0.from < $1.from }
    }

    private mutating func expect(document told: JSONValue?, _ version: NaiveLink.Version?, _ target: String) {
        guard let version else {
            if told != .null { note(target, "\(told?.text ?? "nothing"), expected null") }
            return
        }
        var document = JSONObject()
        for member in version.endsAs.document.members where !member.value.isNull && member.value != [] {
            document[member.name] = member.value
        }
        expect(told, ["valid_from": .instant(version.from), "document": .object(document)], target)
    }
}
