import ClusterLinks
import ExactJSON
import NaiveInventory

extension Interrogation {
    /// Snapshots and runs of polls.
    mutating func observations() throws {
        for view in fleet.clusters {
            for (from, to) in [(nil, nil), span().map { ($0, $1) } ?? (nil, nil)] as [(Instant?, Instant?)] {
                let tail = [from.map { "from=\($0)" }, to.map { "to=\($0)" }].compactMap(\.self).joined(separator: "&")
                try snapshots(of: view, from, to, tail)
                try polls(of: view, from, to, tail)
            }
        }
    }

    private mutating func snapshots(of view: NaiveView, _ from: Instant?, _ to: Instant?, _ tail: String) throws {
        let all = view.cluster.snapshots
        // A snapshot lasts until the next one begins.
        let expected = all.indices.filter { index in
            let end = index + 1 < all.count ? all[index + 1].first : nil
            return to.map { all[index].first < $0 } ?? true
                && from.map { from in end.map { from < $0 } ?? true } ?? true
        }.reversed().map { index -> JSONObject in
            [
                "first_observed_at": .instant(all[index].first), "last_observed_at": .instant(all[index].last),
                "link_count": .int(all[index].links.count),
                "error_count": .int(all[index].links.values.count { $0.trouble != nil }),
                "current": .bool(index == all.count - 1),
            ]
        }
        guard from == nil else { return }
        try expect(list: expected, "/api/v1/clusters/\(view.id)/snapshots?" + tail)
    }

    private mutating func polls(of view: NaiveView, _ from: Instant?, _ to: Instant?, _ tail: String) throws {
        let expected = NaiveRun.runs(of: view.cluster)
            .filter { run in to.map { run.first < $0 } ?? true && from.map { run.last >= $0 } ?? true }
            .reversed().map { run -> JSONObject in
                [
                    "outcome": run.failure == nil ? "success" : "failure", "reason": .optional(run.failure),
                    "http_status": run.failure == nil ? 200 : .null, "message": .optional(run.message),
                    "first_at": .instant(run.first), "last_at": .instant(run.last), "count": .int(run.count),
                    "mean_duration_seconds": .double(run.duration.seconds / Double(run.count)),
                ]
            }
        try expect(list: expected, "/api/v1/clusters/\(view.id)/polls?" + tail)
    }

    /// Confluent's own shape.
    mutating func confluent() throws {
        for view in fleet.clusters {
            for isWithTasks in [false, true] {
                let target = "/kafka/v3/clusters/\(view.id)/links" + (isWithTasks ? "?include_tasks=true" : "")
                let answer = try get(target)
                guard view.isConfigured(fleet.present) else {
                    if answer.status != 404 { note(target, "status \(answer.status), expected 404") }
                    continue
                }
                guard let frame = view.frames.last else {
                    if answer.status != 503 || answer.json["error_code"] != 50302 { note(target, answer.text) }
                    continue
                }
                let links = view.listed(fleet.present).map { sighting -> JSONObject in
                    let facts = sighting.facts
                    var json = JSONObject()
                    for member in facts.document.members where !member.value.isNull { json[member.name] = member.value }
                    json["tasks"] = isWithTasks && !facts.tasks.isEmpty ? .array(facts.taskDocuments) : nil
                    return json
                }
                expect(
                    .array(answer.items.filter { $0["link_name"] != "" }.map(JSONValue.object)),
                    .array(links.map(JSONValue.object)),
                    target
                )
                if answer.items.count != links.count + frame.ghosts { note(target, "\(answer.items.count) items") }
                if !isWithTasks, answer.items.contains(where: { $0["tasks"] != nil }) { note(target, "tasks") }
            }
        }
    }
}
