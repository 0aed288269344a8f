package import ExactJSON

/// What is known of one cluster's links after all its observations: the truth rules as a state machine.
///
/// Only successful answers reach it. A failed poll is ignorance and changes nothing here (truth rule 2).
package struct ClusterLedger: Sendable {
    package private(set) var links: [LinkIdentity: TrackedLink]
    package private(set) var ghosts: [JSONObject]
    /// How many lists were observed, those recognised as unchanged included.
    package private(set) var observations: Int

    /// Takes up what is known; the defaults are those of a cluster never seen.
    package init(links: [TrackedLink] = [], ghosts: [JSONObject] = [], observations: Int = 0) {
        self.links = Dictionary(links.map { ($0.identity, $0) }) { _, latest in latest }
        self.ghosts = ghosts
        self.observations = observations
    }

    /// Counts a list that was byte for byte the one before.
    package mutating func observeUnchanged() { observations += 1 }

    /// Takes in a list and tells what it made of each link: first the deletions, then by name.
    /// - Parameters:
    ///   - instant: when the answer was complete.
    ///   - earlierLives: when links that are not listed now, but were, were first observed.
    package mutating func observe(
        _ list: LinkList,
        at instant: Instant,
        earlierLives: [LinkIdentity: Instant] = [:]
    ) -> [LinkEvent] {
        let isBaseline = observations == 0
        observations += 1
        let matches = match(list)
        let nameless = list.unnamed.filter { links[.id($0.key)] != nil }.values
        haunt(list.ghosts.filter { !nameless.contains($0) })
        let seen = Set(matches.compactMap(\.known)).union(list.unnamed.keys.map(LinkIdentity.id))
        var events: [LinkEvent] = []
        for gone in links.values.filter({ !seen.contains($0.identity) }).sorted(by: Self.inOrderOfNames) {
            events += vanish(gone)
        }
        for match in matches {
            if let known = match.known.flatMap({ links[$0] }) {
                events += update(known, with: match.item, at: instant)
            } else {
                let firstObservedAt = earlierLives[match.item.identity] ?? instant
                events += appear(match.item, at: instant, firstObservedAt: firstObservedAt, isBaseline: isBaseline)
            }
        }
        return events
    }

    /// Takes in a reading of one link's tasks; nothing comes of it when the link has left or already says the same.
    package mutating func observe(
        tasks reading: TaskReading,
        of identity: LinkIdentity,
        at instant: Instant
    ) -> [LinkEvent] {
        guard var link = links[identity] else { return [] }
        let before = link.content
        link.content = before.with(tasks: reading)
        guard link.hasTaskReading else {
            link.hasTaskReading = true
            links[identity] = link
            return [.completed(link)]
        }
        guard link.content != before else { return [] }
        link.versionSince = instant
        links[identity] = link
        return [.changed(link, from: before, fields: link.content.fieldsChanged(from: before))]
    }

    /// The identities that a list has and the ledger has not: whose earlier lives are worth looking up.
    package func newcomers(in list: LinkList) -> [LinkIdentity] {
        if list.links.allSatisfy({ links[$0.identity] != nil }) { return [] }
        return match(list).filter { $0.known == nil }.map(\.item.identity)
    }
}

extension ClusterLedger {
    private struct Match {
        let item: LinkList.Item
        let known: LinkIdentity?
    }

    /// Finds for each item the link it tells of (truth rule 5).
    ///
    /// By its id; an id not seen before belongs to the link of that name that had none; and an item without an id is the
    /// one known link of its name, as a missing id is not another id.
    private func match(_ list: LinkList) -> [Match] {
        // Nearly always all are known by what identifies them, and nothing need be looked for by name.
        lazy var listed = Set(list.links.map(\.identity))
        lazy var byName = Dictionary(grouping: links.keys) { links[$0]?.name }
        return list.links.map { item in
            if links[item.identity] != nil { return Match(item: item, known: item.identity) }
            let candidates = (byName[item.name] ?? []).filter { candidate in
                !listed.contains(candidate) && (candidate.clusterLinkID == nil) != (item.identity.clusterLinkID == nil)
            }
            let namesakes = list.links.count { $0.name == item.name }
            return Match(item: item, known: candidates.count == 1 && namesakes == 1 ? candidates.first : nil)
        }
    }

    /// Takes over the ghosts of a list, unless they are those that are known in another order or at another address.
    private mutating func haunt(_ listed: [JSONObject]) {
        func contents(_ ghosts: [JSONObject]) -> [[UInt8]] {
            ghosts.map { LinkContent(item: $0).digest.bytes }.sorted { $0.lexicographicallyPrecedes($1) }
        }
        if contents(listed) != contents(ghosts) { ghosts = listed }
    }

    private mutating func appear(
        _ item: LinkList.Item,
        at instant: Instant,
        firstObservedAt: Instant,
        isBaseline: Bool
    ) -> [LinkEvent] {
        var link = TrackedLink(
            identity: item.identity,
            name: item.name,
            content: item.content,
            hasTaskReading: false,
            firstObservedAt: firstObservedAt,
            versionSince: instant,
            episode: nil
        )
        let troubles = follow(&link, at: instant, isBaseline: isBaseline)
        links[link.identity] = link
        return [.appeared(link, baseline: isBaseline)] + troubles
    }

    private mutating func vanish(_ link: TrackedLink) -> [LinkEvent] {
        links[link.identity] = nil
        return (link.episode.map { [.episodeEnded($0, of: link.identity)] } ?? []) + [.vanished(link)]
    }

    private mutating func update(_ known: TrackedLink, with item: LinkList.Item, at instant: Instant) -> [LinkEvent] {
        var link = known
        var events: [LinkEvent] = []
        var before = known.content
        if known.identity.clusterLinkID == nil, item.identity.clusterLinkID != nil {
            before = before.completed(byIDsOf: item.content)
            link.identity = item.identity
            link.content = before
            links[known.identity] = nil
            events.append(.adopted(link, from: known.identity))
        }
        link.content = item.content.completed(byIDsOf: before).with(tasksOf: before)
        link.name = item.name
        if link.content != before {
            link.versionSince = instant
            let fields = link.content.fieldsChanged(from: before)
            let troubles = follow(&link, at: instant, isBaseline: false)
            events.append(.changed(link, from: before, fields: fields))
            events += troubles
        }
        links[link.identity] = link
        return events
    }

    /// Begins, continues or ends the link's episode by its content.
    private func follow(_ link: inout TrackedLink, at instant: Instant, isBaseline: Bool) -> [LinkEvent] {
        var events: [LinkEvent] = []
        let trouble = Trouble(of: link.content)
        let message = link.content.errorMessage
        if let episode = link.episode, episode.trouble == trouble {
            if let message, message != episode.message {
                link.episode?.message = message
                events.append(.episodeToldMessage(message, of: link.identity))
            }
            return events
        }
        if let episode = link.episode { events.append(.episodeEnded(episode, of: link.identity)) }
        link.episode = trouble.map {
            OpenEpisode(
                trouble: $0,
                startedAt: instant,
                startedBeforeObservation: isBaseline,
                firstObservation: observations,
                message: message
            )
        }
        if let episode = link.episode { events.append(.episodeBegan(episode, of: link.identity)) }
        return events
    }

    private static func inOrderOfNames(_ left: TrackedLink, _ right: TrackedLink) -> Bool {
        (left.name, left.identity.description) < (right.name, right.identity.description)
    }
}
