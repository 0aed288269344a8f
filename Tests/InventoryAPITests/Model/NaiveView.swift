import ClusterLinks
import Inventory
import NaiveInventory

/// A cluster as its observations show it, now or at any instant.
struct NaiveView: Sendable {
    /// A link as it was at a moment.
    struct Sighting: Sendable {
        let link: NaiveLink
        let version: NaiveLink.Version
        /// Nil while it is listed.
        var deletedAt: Instant?

        var facts: LinkFacts { version.endsAs }
    }

    let id: ClusterID
    let cluster: NaiveCluster
    let description: ClusterDescription
    let links: [NaiveLink]
    let frames: [(at: Instant, staleAfter: Duration, links: [Int: LinkFacts], ghosts: Int)]
    let configured: [(from: Instant, to: Instant)]
    /// The changes of all its links, in the order of the feed.
    let changes: [NaiveFleet.Entry]

    init(_ id: ClusterID, _ cluster: NaiveCluster, described description: ClusterDescription) {
        self.id = id
        self.cluster = cluster
        self.description = description
        links = cluster.numbers.sorted().map { cluster.link($0) }
        frames = cluster.frames
        configured = cluster.configuredSpans
        changes = links.flatMap { link in
            link.changes.map { NaiveFleet.Entry(cluster: id, at: $0.at, kind: $0.kind, link: link, change: $0) }
        }.sorted { ($0.change?.rank ?? ($0.at, 0, "")) < ($1.change?.rank ?? ($1.at, 0, "")) }
    }

    var boundaries: [Instant] {
        let versions = links.flatMap(\.versions)
        let held = frames.map { $0.at.advanced(by: $0.staleAfter) }
        let polls = cluster.polls.map(\.at)
        return versions.map(\.from) + versions.compactMap(\.to) + held + polls
            + configured.flatMap { [$0.from, $0.to] }.filter { $0 != .distantFuture }
    }

    func isConfigured(_ moment: Moment) -> Bool {
        moment.isPresent
            ? cluster.isConfigured
            : configured.contains { $0.from <= moment.instant && moment.instant < $0.to }
    }

    func lastFrame(_ moment: Moment) -> (at: Instant, staleAfter: Duration, links: [Int: LinkFacts], ghosts: Int)? {
        moment.isPresent ? frames.last : frames.last { $0.at <= moment.instant }
    }

    /// Whether its links are known: it is configured, and the last success young enough.
    func isKnown(_ moment: Moment) -> Bool {
        guard isConfigured(moment), let frame = lastFrame(moment) else { return false }
        return moment.instant < frame.at.advanced(by: moment.isPresent ? cluster.staleAfter : frame.staleAfter)
    }

    /// The links that were listed then, in the order of lists.
    func listed(_ moment: Moment) -> [Sighting] {
        links.compactMap { link in
            if moment.isPresent {
                guard link.isListed, let version = link.versions.last else { return nil }
                return Sighting(link: link, version: version)
            }
            return link.versions.last { $0.lasts(at: moment.instant) }.map { Sighting(link: link, version: $0) }
        }.sorted(by: Self.precedes)
    }

    /// The links that had been listed before and were not any more.
    func gone(_ moment: Moment) -> [Sighting] {
        let listed = Set(listed(moment).map(\.link.number))
        return links.filter { !listed.contains($0.number) }.compactMap { link in
            let version = moment.isPresent ? link.versions.last : link.versions.last { $0.from <= moment.instant }
            return version.map { Sighting(link: link, version: $0, deletedAt: $0.to) }
        }.sorted(by: Self.precedes)
    }

    /// Why no link of a name was listed; nil where a link has another name now, of which the contract does not speak.
    func absence(of name: String, _ moment: Moment) -> String? {
        guard lastFrame(moment) != nil else { return "not-yet-observed" }
        let named = links.filter { $0.facts?.name == name }
        guard !named.isEmpty else { return nil }
        let isSeen = moment.isPresent || named.contains { $0.firstObservedAt.map { $0 <= moment.instant } ?? false }
        return isSeen ? "unknown-link" : "not-yet-observed"
    }

    /// Every name that a link has now or had when it was last listed.
    var names: [String] { Set(links.compactMap { $0.facts?.name }).sorted() }

    static func precedes(_ left: Sighting, _ right: Sighting) -> Bool {
        (left.facts.name, left.facts.id ?? "") < (right.facts.name, right.facts.id ?? "")
    }
}

extension NaiveLink.Version {
    func lasts(at instant: Instant) -> Bool { from <= instant && to.map { instant < $0 } ?? true }

    /// Whether it goes on within a span, whose ends are open where they are not given.
    func overlaps(from start: Instant?, to end: Instant?) -> Bool {
        end.map { from < $0 } ?? true && start.map { start in to.map { start < $0 } ?? true } ?? true
    }
}
