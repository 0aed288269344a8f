import ClusterLinks
import ExactJSON

/// What one observation of a cluster brought, in the words of the ledger.
struct ObservedNews {
    enum Kind {
        case list([LinkEvent])
        /// What some list told, at that instant or before; which is not stored.
        case earlierList(LinkEvent)
        case tasks(TrackedLink, key: Int64)

        var isList: Bool { if case .list = self { true } else { false } }
    }

    let at: Instant
    var kind: Kind

    var isList: Bool { kind.isList }

    func isReading(ofLink key: Int64) -> Bool { if case .tasks(_, key) = kind { true } else { false } }
}

/// Turns the stored documents of one cluster's links back into the events that they were stored for.
struct NewsTranslation {
    /// As they were shown last.
    private(set) var links: [Int64: TrackedLink]

    init(from links: [Int64: TrackedLink]) { self.links = links }

    /// What a change brought, in the order in which it was observed; nothing where alerts do not look.
    ///
    /// A list never tells of tasks, and a reading of tasks of nothing else (truth rule 9): what differs says which it was.
    /// - Parameter content: nil for a link that is gone.
    mutating func take(_ content: LinkContent?, ofLink key: Int64, at instant: Instant) -> [ObservedNews.Kind] {
        guard let content else { return links.removeValue(forKey: key).map { [.list([.vanished($0)])] } ?? [] }
        guard let link = TrackedLink(shownBy: content, since: instant) else { return [] }
        guard let before = links.updateValue(link, forKey: key) else {
            return [.list([.appeared(link, baseline: false)])] + (content.tasks.isEmpty ? [] : [.tasks(link, key: key)])
        }
        guard content != before.content else { return [] }
        let areTasksSame = content.fields["tasks"] == before.content.fields["tasks"]
        let isListed = areTasksSame || content.with(tasks: nil) != before.content.with(tasks: nil)
        return (isListed ? [.list([.changed(link, from: before.content, fields: [])])] : [])
            + (areTasksSame ? [] : [.tasks(link, key: key)])
    }

    /// What completed a version: an id that the link adopted, the first reading of its tasks, or both, of which the instant is
    /// that of the later.
    mutating func complete(_ content: LinkContent, ofLink key: Int64, at instant: Instant) -> [ObservedNews.Kind] {
        guard let before = links[key], let link = TrackedLink(shownBy: content, since: instant) else { return [] }
        links[key] = link
        let adoption = before.identity == link.identity ? nil : LinkEvent.adopted(link, from: before.identity)
        guard content.fields["tasks"] != before.content.fields["tasks"] else {
            return adoption.map { [.list([$0])] } ?? []
        }
        return (adoption.map { [.earlierList($0)] } ?? []) + [.tasks(link, key: key)]
    }
}
