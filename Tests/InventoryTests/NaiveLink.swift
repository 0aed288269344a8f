import ClusterLinks

/// One link's history, worked out by walking through everything that was observed of its cluster.
struct NaiveLink {
    struct Version: Equatable {
        let from: Instant
        var to: Instant?
        let beganAs: LinkFacts
        var endsAs: LinkFacts
        let changed: [String]
    }

    struct Episode: Equatable {
        let trouble: String
        let from: Instant
        var to: Instant?
        var messages: [(at: Instant, message: String)] = []

        static func == (left: Episode, right: Episode) -> Bool {
            left.trouble == right.trouble && left.from == right.from && left.to == right.to
                && left.messages.map(\.at) == right.messages.map(\.at)
                && left.messages.map(\.message) == right.messages.map(\.message)
        }
    }

    struct Change: Equatable {
        let at: Instant
        let kind: String
        let before: LinkFacts?
        let after: LinkFacts?
        let changed: [String]
        let isBaseline: Bool
    }

    private(set) var versions: [Version] = []
    private(set) var episodes: [Episode] = []
    private(set) var changes: [Change] = []
    private(set) var isListed = false
    private(set) var hasTaskReading = false
    private(set) var deletedAt: Instant?

    init(_ number: Int, of cluster: NaiveCluster) {
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

    var firstObservedAt: Instant? { versions.first?.from }
    var facts: LinkFacts? { versions.last?.endsAs }

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
