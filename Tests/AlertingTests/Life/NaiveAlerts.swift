import Alerting

/// Alerts worked out from everything that was ever observed, subject by subject, without keeping any state between.
///
/// It shares no code with `ClusterAlerts`: for each subject it writes down all verdicts and reads its occurrences off them.
struct NaiveAlerts {
    struct Occurrence: Hashable {
        var kind: String
        var subject: String
        var startedAt: Int64
        var firedAt: Int64?
        var resolvedAt: Int64?
        var reason: String?
        var code: String?
        var message: String?
        var severity: AlertSeverity
        var isFlapping: Bool
        var observations: Int
    }

    private enum Verdict {
        case bad(code: String?, message: String?)
        case good
        case gone(reason: String, counts: Bool)
    }

    private struct Entry {
        let at: Int64
        let verdict: Verdict

        var isBad: Bool { if case .bad = verdict { true } else { false } }
        var isGood: Bool { if case .good = verdict { true } else { false } }
    }

    let policy: AlertPolicy
    private(set) var log: [(at: Int64, what: Observed)] = []

    init(policy: AlertPolicy) { self.policy = policy }

    mutating func observe(_ what: Observed, at instant: Int64) { log.append((instant, what)) }

    /// Every occurrence that there ever was.
    var occurrences: Set<Occurrence> {
        var ids: Set<Int> = []
        var names: Set<String> = []
        for (_, what) in log {
            if case .list(let links) = what { ids.formUnion(links.map(\.id)) }
            if case .rules(let expected, _, _) = what { names.formUnion(expected) }
        }
        var all = read(entries { Self.unreachable($0) }, "cluster_unreachable", "")
        for id in ids {
            let errors = entries { Self.ofLink(id, $0) { Self.linkError($0) } }
            let states = entries { Self.ofLink(id, $0) { Self.linkState($0) } }
            let isTroubled = zip(errors, states).map { $0.isBad || $1.isBad }
            all += read(errors, "link_error", "\(id)", isTroubled: isTroubled)
            all += read(states, "link_state", "\(id)", isTroubled: isTroubled)
            all += read(entries { Self.unexpected(id, $0) }, "link_unexpected", "\(id)")
            all += read(entries { Self.tasks(id, $0) }, "task_error", "\(id)")
        }
        for name in names { all += read(entries { Self.missing(name, $0) }, "link_missing", name) }
        return Set(all)
    }
}

extension NaiveAlerts {
    /// Where the cluster stands when something happens.
    private struct Scene {
        var links: [ShownLink] = []
        var before: [ShownLink] = []
        var wasListed = false
        var expected: Set<String> = []
        var isExhaustive = false
        var readsTasks = true
        var what = Observed.restart

        var isList: Bool {
            switch what {
            case .list: true
            case .sameBytes: wasListed
            default: false
            }
        }

        func link(_ id: Int) -> ShownLink? { links.first { $0.id == id } }

        func deletes(_ id: Int) -> Bool { isList && link(id) == nil && before.contains { $0.id == id } }
    }

    private func entries(_ verdict: (Scene) -> Verdict?) -> [Entry] {
        var scene = Scene()
        var entries: [Entry] = []
        for (at, what) in log {
            scene.what = what
            scene.before = scene.links
            switch what {
            case .list(let links):
                scene.links = links
                scene.wasListed = true
            case .rules(let expected, let exhaustive, let readsTasks):
                (scene.expected, scene.isExhaustive, scene.readsTasks) = (expected, exhaustive, readsTasks)
            default: break
            }
            if case .retired = what {
                entries.append(Entry(at: at, verdict: .gone(reason: "cluster_removed", counts: false)))
            } else if let verdict = verdict(scene) {
                entries.append(Entry(at: at, verdict: verdict))
            }
        }
        return entries
    }

    private static func unreachable(_ scene: Scene) -> Verdict? {
        if case .failure(let reason) = scene.what { return .bad(code: reason, message: nil) }
        return scene.isList ? .good : nil
    }

    private static func ofLink(_ id: Int, _ scene: Scene, _ verdict: (ShownLink) -> Verdict) -> Verdict? {
        if scene.deletes(id) { return .gone(reason: "deleted", counts: true) }
        return scene.isList ? scene.link(id).map(verdict) : nil
    }

    private static func linkError(_ link: ShownLink) -> Verdict {
        link.error.map { .bad(code: $0, message: link.message) } ?? .good
    }

    private static func linkState(_ link: ShownLink) -> Verdict {
        link.error == nil && ["FAILED", "UNAVAILABLE"].contains(link.state)
            ? .bad(code: link.state, message: link.message) : .good
    }

    private static func unexpected(_ id: Int, _ scene: Scene) -> Verdict? {
        func isBad(_ link: ShownLink) -> Bool { scene.isExhaustive && !scene.expected.contains(link.name) }
        if case .rules = scene.what {
            return scene.link(id).map(isBad) == false ? .gone(reason: "rule_removed", counts: false) : nil
        }
        return ofLink(id, scene) { isBad($0) ? .bad(code: nil, message: nil) : .good }
    }

    private static func missing(_ name: String, _ scene: Scene) -> Verdict? {
        guard scene.expected.contains(name) else {
            if case .rules = scene.what { return .gone(reason: "rule_removed", counts: false) }
            return nil
        }
        guard scene.isList else { return nil }
        return scene.links.contains { $0.name == name } ? .good : .bad(code: nil, message: nil)
    }

    private static func tasks(_ id: Int, _ scene: Scene) -> Verdict? {
        if scene.deletes(id) { return .gone(reason: "deleted", counts: false) }
        switch scene.what {
        case .rules: return scene.readsTasks ? nil : .gone(reason: "rule_removed", counts: false)
        case .tasks(id, let code):
            guard scene.readsTasks, scene.link(id) != nil else { return nil }
            return code.map { .bad(code: $0, message: nil) } ?? .good
        default: return nil
        }
    }
}

extension NaiveAlerts {
    /// Reads the occurrences off a subject's verdicts, each judged from the whole record up to it.
    /// - Parameter isTroubled: by entry, whether the link is bad in any way that is one trouble with this; else the entry itself.
    private func read(
        _ entries: [Entry],
        _ kind: String,
        _ subject: String,
        isTroubled: [Bool]? = nil
    ) -> [Occurrence] {
        let isTroubled = isTroubled ?? entries.map(\.isBad)
        var done: [Occurrence] = []
        var start = 0
        while let first = entries[start...].firstIndex(where: \.isBad) {
            let (lived, end) = live(from: first, in: entries, isTroubled, after: done)
            var occurrence = lived
            (occurrence.kind, occurrence.subject) = (kind, subject)
            let kinds = AlertKind(rawValue: kind)?.defaultSeverity ?? .info
            occurrence.severity =
                entries[first...min(end, entries.count - 1)].compactMap { entry in
                    if case .bad(let code, _) = entry.verdict { code == "GRAVE" ? .critical : kinds } else { nil }
                }.max() ?? kinds
            done.append(occurrence)
            start = min(end + 1, entries.count)
        }
        return done
    }

    /// One occurrence and the index of the entry that ended it, or the count of entries.
    private func live(
        from first: Int,
        in entries: [Entry],
        _ isTroubled: [Bool],
        after done: [Occurrence]
    ) -> (Occurrence, Int) {
        var occurrence = Occurrence(
            kind: "",
            subject: "",
            startedAt: entries[first].at,
            severity: .info,
            isFlapping: false,
            observations: 0
        )
        let window = policy.flapping.window
        for index in first..<entries.count {
            let entry = entries[index]
            let run = entries[first...index].reversed().prefix { $0.isBad == entry.isBad && $0.isGood == entry.isGood }
            let trouble = entries.indices[...index].reversed().prefix { isTroubled[$0] }.map { entries[$0] }
            let flippedAt = (entry.isBad ? trouble.last?.at : run.last?.at) ?? entry.at
            switch entry.verdict {
            case .gone(let reason, let counts):
                if counts { occurrence.observations += 1 }
                return (ended(occurrence, at: entry.at, reason), index)
            case .bad(let code, let message):
                occurrence.observations += 1
                occurrence.message =
                    code == occurrence.code && index > first ? message ?? occurrence.message : message
                occurrence.code = code
                if occurrence.firedAt == nil, trouble.count >= policy.failureThreshold,
                    .milliseconds(entry.at - flippedAt) >= policy.holdFor
                {
                    occurrence.firedAt = entry.at
                }
            case .good:
                occurrence.observations += 1
                if occurrence.firedAt == nil { return (ended(occurrence, at: entry.at, "recovered"), index) }
            }
            let calms = occurrence.isFlapping && .milliseconds(entry.at - flippedAt) >= window
            if calms { occurrence.isFlapping = false }
            guard entry.isGood, !occurrence.isFlapping, run.count >= policy.resolveThreshold else { continue }
            let crossings = (done + [occurrence]).flatMap { earlier in
                [earlier.firedAt, earlier.reason == "recovered" && earlier.firedAt != nil ? earlier.resolvedAt : nil]
            }
            let recent = crossings.compactMap(\.self).count { .milliseconds(entry.at - $0) < window }
            guard !calms, recent + 1 > policy.flapping.changes else {
                return (ended(occurrence, at: entry.at, "recovered"), index)
            }
            occurrence.isFlapping = true
        }
        return (occurrence, entries.count)
    }

    private func ended(_ occurrence: Occurrence, at instant: Int64, _ reason: String) -> Occurrence {
        var occurrence = occurrence
        occurrence.resolvedAt = instant
        occurrence.reason = reason
        occurrence.isFlapping = false
        return occurrence
    }
}
