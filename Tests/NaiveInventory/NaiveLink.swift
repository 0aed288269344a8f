package import ClusterLinks

/// One link's history, worked out by walking through everything that was observed of its cluster.
package struct NaiveLink: Sendable {
    package struct Version: Equatable, Sendable {
        package let from: Instant
        package var to: Instant?
        package let beganAs: LinkFacts
        package var endsAs: LinkFacts
        package let changed: [String]
    }

    package struct Episode: Equatable, Sendable {
        package let trouble: String
        package let from: Instant
        package var to: Instant?
        package var messages: [(at: Instant, message: String)] = []

        package static func == (left: Episode, right: Episode) -> Bool {
            left.trouble == right.trouble && left.from == right.from && left.to == right.to
                && left.messages.map(\.at) == right.messages.map(\.at)
                && left.messages.map(\.message) == right.messages.map(\.message)
        }
    }

    package struct Change: Equatable, Sendable {
        package let at: Instant
        package let kind: String
        package let before: LinkFacts?
        package let after: LinkFacts?
        package let changed: [String]
        package let isBaseline: Bool

        package init(
            at: Instant,
            kind: String,
            before: LinkFacts?,
            after: LinkFacts?,
            changed: [String],
            isBaseline: Bool
        ) {
            (self.at, self.kind, self.before, self.after) = (at, kind, before, after)
            (self.changed, self.isBaseline) = (changed, isBaseline)
        }
    }

    package private(set) var versions: [Version] = []
    package private(set) var episodes: [Episode] = []
    package private(set) var changes: [Change] = []
    package private(set) var isListed = false
    package private(set) var hasTaskReading = false
    package private(set) var deletedAt: Instant?

    /// What makes it the same link, whatever the server sends of it.
    package let number: Int

    package init(_ number: Int, of cluster: NaiveCluster) {
        self.number = number
        var last: [Int: LinkFacts]?
        for observation in cluster.observations {
            switch observation {
            case .start, .configured, .retired: break
            case .tasks(let at, of: number, let tasks): read(tasks, at: at)
            case .tasks: break
            case .poll(let poll):
                let isBaseline = last == nil
                if case .list(let links, _) = poll.result { last = links }
                guard poll.failure == nil, let links = last else { break }
                if let facts = links[number] {
                    see(facts, at: poll.at, isBaseline: isBaseline)
                } else {
                    miss(at: poll.at)
                }
            }
        }
    }

    package var firstObservedAt: Instant? { versions.first?.from }
    package var facts: LinkFacts? { versions.last?.endsAs }

    private mutating func see(_ facts: LinkFacts, at: Instant, isBaseline: Bool) {
        guard isListed, var open = versions.popLast() else {
            (isListed, hasTaskReading, deletedAt) = (true, false, nil)
            var facts = facts
            facts.tasks = []
            versions.append(Version(from: at, to: nil, beganAs: facts, endsAs: facts, changed: []))
            changes.append(
                Change(at: at, kind: "created", before: nil, after: facts, changed: [], isBaseline: isBaseline)
            )
            follow(at: at)
            return
        }
        var facts = facts
        facts.tasks = open.endsAs.tasks
        if open.endsAs.id == nil { open.endsAs.id = facts.id }
        versions.append(open)
        if facts != open.endsAs { begin(facts, at: at) }
        follow(at: at)
    }

    private mutating func miss(at: Instant) {
        guard isListed else { return }
        isListed = false
        deletedAt = at
        changes.append(
            Change(at: at, kind: "deleted", before: facts, after: nil, changed: [], isBaseline: false)
        )
        versions[versions.count - 1].to = at
        if let open = episodes.last, open.to == nil { episodes[episodes.count - 1].to = at }
    }

    private mutating func read(_ tasks: Set<String>, at: Instant) {
        guard isListed, var facts else { return }
        facts.tasks = tasks
        if !hasTaskReading {
            hasTaskReading = true
            versions[versions.count - 1].endsAs = facts
        } else if facts != self.facts {
            begin(facts, at: at)
        }
    }

    private mutating func begin(_ facts: LinkFacts, at: Instant) {
        guard let before = self.facts else { return }
        let changed = facts.changed(from: before)
        versions[versions.count - 1].to = at
        versions.append(Version(from: at, to: nil, beganAs: facts, endsAs: facts, changed: changed))
        changes.append(
            Change(at: at, kind: "changed", before: before, after: facts, changed: changed, isBaseline: false)
        )
    }

    private mutating func follow(at: Instant) {
        let trouble = facts?.trouble
        if let open = episodes.last, open.to == nil, open.trouble != trouble { episodes[episodes.count - 1].to = at }
        guard let trouble else { return }
        if episodes.last.map({ $0.to != nil }) ?? true { episodes.append(Episode(trouble: trouble, from: at)) }
        if let message = facts?.message, episodes[episodes.count - 1].messages.last?.message != message {
            episodes[episodes.count - 1].messages.append((at, message))
        }
    }
}

extension NaiveLink.Change {
    /// Where it stands among the changes of its cluster: by instant, deletions first, then by the name of then.
    package var rank: (Instant, Int, String) { (at, kind == "deleted" ? 0 : 1, (after ?? before)?.name ?? "") }
}
