import ClusterLinks
import ExactJSON
import Inventory
import NaiveInventory

extension Interrogation {
    mutating func clusters() throws {
        let now = fleet.present
        for (query, selected) in [
            ("", fleet.clusters.filter { $0.isConfigured(now) }), ("?configured=any", fleet.clusters),
            ("?configured=false", fleet.clusters.filter { !$0.isConfigured(now) }),
        ] {
            let answer = try expect(list: selected.map { present($0) }, "/api/v1/clusters" + query)
            expectSequence(answer, "/api/v1/clusters")
        }
        for view in fleet.clusters { try expect(item: present(view), "/api/v1/clusters/\(view.id)") }
        guard knows("/clusters", "at") else { return }
        for instant in instants(3) {
            let moment = Moment.past(instant)
            let target = "/api/v1/clusters?configured=any&at=\(instant)"
            let answer = try get(target)
            let shown = answer.items.compactMap { $0["cluster_id"]?.string }
            expect(
                .array(answer.items.map(JSONValue.object)),
                .array(fleet.clusters.filter { shown.contains($0.id.rawValue) }.map { .object(past($0, moment)) }),
                target
            )
            // Whoever was observed by then is shown, and who was not is named.
            let observed = fleet.clusters.filter { $0.lastFrame(moment) != nil }
            for view in observed where !shown.contains(view.id.rawValue) { note(target, "\(view.id) is not shown") }
            try expectNotYetObserved(answer, moment, target)
        }
    }

    /// A cluster that was in the configuration, and of which no list had come by then, is named.
    /// - Parameter isAskedFor: whether the question is about a cluster.
    mutating func expectNotYetObserved(
        _ answer: Answer,
        _ moment: Moment,
        _ target: String,
        isAskedFor: (NaiveView) -> Bool = { _ in true }
    ) throws {
        guard let named = answer.json["not_yet_observed"]?.array?.compactMap(\.string) else {
            return note(target, "not_yet_observed is missing")
        }
        for view in fleet.clusters {
            let isNamed = named.contains(view.id.rawValue)
            if isNamed, view.lastFrame(moment) != nil { note(target, "\(view.id) is named in not_yet_observed") }
            if !isNamed, view.lastFrame(moment) == nil, view.isConfigured(moment), isAskedFor(view) {
                note(target, "\(view.id) is not named in not_yet_observed")
            }
        }
    }

    mutating func expectSequence(_ answer: Answer, _ target: String) {
        let told = answer.fields["linkwatch-sequence"]
        if told != String(fleet.feed.count) {
            note(target, "Linkwatch-Sequence \(told ?? "-"), expected \(fleet.feed.count)")
        }
    }

    private func common(_ view: NaiveView, _ moment: Moment) -> JSONObject {
        let healths = view.listed(moment).map { view.health(of: $0.facts, moment) }
        var counts: JSONObject = ["total": .int(healths.count)]
        for health in ["ok", "degraded", "error", "unknown"] {
            counts[health] = .int(healths.count { $0 == health })
        }
        return [
            "cluster_id": .string(view.id.rawValue), "name": .optional(view.description.name), "labels": view.labels,
            "configured": .bool(view.isConfigured(moment)), "stale": .bool(!view.isKnown(moment)),
            "links": .object(counts),
        ]
    }

    private func present(_ view: NaiveView) -> JSONObject {
        var json = common(view, fleet.present)
        let polls = view.cluster.polls
        json["ghosts"] = .int(view.frames.last?.ghosts ?? 0)
        json["last_success_at"] = .instant(view.frames.last?.at)
        json["consecutive_failures"] = .int(polls.reversed().prefix { $0.failure != nil }.count)
        json["last_poll"] =
            polls.last.map { poll in
                [
                    "at": .instant(poll.at), "outcome": poll.failure == nil ? "success" : "failure",
                    "reason": .optional(poll.failure), "message": .optional(poll.failure),
                ]
            } ?? .null
        // Of a poll before the start nothing is kept but its run's mean.
        if case .poll(let poll)? = view.cluster.observations.last(where: \.isPollOrStart),
            var last = json["last_poll"]?.object
        {
            last["duration_seconds"] = .seconds(poll.duration.milliseconds)
            json["last_poll"] = .object(last)
        }
        json["last_failure"] =
            polls.last { $0.failure != nil }.map { poll in
                ["at": .instant(poll.at), "reason": .optional(poll.failure), "message": .optional(poll.failure)]
            } ?? .null
        return json
    }

    private func past(_ view: NaiveView, _ moment: Moment) -> JSONObject { common(view, moment) }
}

extension NaiveCluster.Observation {
    fileprivate var isPollOrStart: Bool {
        switch self {
        case .poll, .start: true
        case .configured, .retired, .tasks: false
        }
    }
}
