/// What is kept of one link's events where there is no room for all of them: how what was open before ends, and how the
/// link came to be what it is.
///
/// The last two versions are kept, and the one with which the open episode began with its predecessor; of a life that
/// began since, also the appearance, and nothing once it ends. An episode that has ended goes with the version that it
/// began with. What is kept can be carried out in its order as if nothing else had happened: instants are the true ones,
/// and a change tells what differs from the version that is kept before it.
package struct LinkFold<Stamp: Sendable>: Sendable {
    package struct Entry: Sendable {
        package fileprivate(set) var event: LinkEvent
        package let stamp: Stamp
    }

    package private(set) var entries: [Entry] = []
    /// Changes and episodes that were let go.
    package private(set) var lost = 0

    package init() {}

    /// Takes in the link's next event; `stamp` stays with it.
    package mutating func add(_ event: LinkEvent, stamp: Stamp) {
        switch event {
        case .vanished:
            if let appearance = entries.firstIndex(where: \.event.isAppearance) {
                lost += entries[appearance...].count { $0.event.isChange || $0.event.startOfEpisode != nil } + 1
                entries.removeSubrange(appearance...)
                return
            }
        case .episodeToldMessage:
            let latest = entries.lastIndex { $0.event.isOfEpisode }
            if let latest, case .episodeToldMessage = entries[latest].event { entries.remove(at: latest) }
        case .appeared, .changed, .completed, .adopted, .episodeBegan, .episodeEnded:
            break
        }
        entries.append(Entry(event: event, stamp: stamp))
        letVersionsGo()
    }

    /// Lets the oldest versions go that neither are among the last two nor tell how the open episode began.
    private mutating func letVersionsGo() {
        while let (first, second, third) = changesToShorten() {
            var gone = [first]
            if third.from == first.from {
                gone.append(second)
            } else {
                // As it was at its end, so that a reading of the tasks within the version makes it no other than it was.
                var link = second.link
                link.content = third.from
                let fields = link.content.fieldsChanged(from: first.from)
                entries[second.index].event = .changed(link, from: first.from, fields: fields)
            }
            lost += gone.count
            for change in gone.reversed() { entries.remove(at: change.index) }
            for change in gone {
                let start = change.link.versionSince
                if entries.contains(where: { $0.event.startOfEndedEpisode == start }) { remove(episodeBegunAt: start) }
            }
        }
    }

    private typealias Change = (index: Int, link: TrackedLink, from: LinkContent)

    /// A version that can go, the one after it, which then differs from what was before both, and the one after that.
    private func changesToShorten() -> (Change, Change, Change)? {
        let life = entries.firstIndex(where: \.event.isAppearance) ?? 0
        let changes = entries[life...].indices.compactMap { index -> Change? in
            guard case .changed(let link, let from, _) = entries[index].event else { return nil }
            return (index, link, from)
        }
        let episode = entries.last(where: \.event.isOfEpisode).flatMap {
            $0.event.startOfEndedEpisode == nil ? entries.last { $0.event.startOfEpisode != nil } : nil
        }
        let began = episode?.event.startOfEpisode
        let beginnings = Set(entries.compactMap(\.event.startOfEpisode))
        // An episode cannot go while a version of it stays.
        func isContinued(_ change: Change, by next: Change) -> Bool {
            beginnings.contains(change.link.versionSince)
                && Trouble(of: change.link.content) == Trouble(of: next.link.content)
        }
        return zip(changes, zip(changes.dropFirst(), changes.dropFirst(2)))
            .first { first, others in
                let (second, third) = others
                return first.link.versionSince != began && second.link.versionSince != began
                    && !isContinued(first, by: second)
                    && !(third.from == first.from && isContinued(second, by: third))
            }
            .map { ($0, $1.0, $1.1) }
    }

    private mutating func remove(episodeBegunAt start: Instant) {
        guard let began = entries.firstIndex(where: { $0.event.startOfEpisode == start }) else { return }
        // Episodes do not overlap: what follows up to the end, or to the next beginning, is of this one.
        let next = entries[began...].dropFirst().firstIndex { $0.event.startOfEpisode != nil } ?? entries.endIndex
        let others = entries[began..<next].filter { !$0.event.isOfEpisode }
        entries.replaceSubrange(began..<next, with: others)
        lost += 1
    }
}

extension LinkEvent {
    /// Whether the event is one of the feed's changes.
    package var isChange: Bool {
        switch self {
        case .appeared, .changed, .vanished: true
        case .completed, .adopted, .episodeBegan, .episodeToldMessage, .episodeEnded: false
        }
    }

    fileprivate var isAppearance: Bool {
        if case .appeared = self { true } else { false }
    }

    fileprivate var isOfEpisode: Bool {
        switch self {
        case .episodeBegan, .episodeToldMessage, .episodeEnded: true
        case .appeared, .changed, .completed, .adopted, .vanished: false
        }
    }

    fileprivate var startOfEpisode: Instant? {
        if case .episodeBegan(let episode, _) = self { episode.startedAt } else { nil }
    }

    fileprivate var startOfEndedEpisode: Instant? {
        if case .episodeEnded(let episode, _) = self { episode.startedAt } else { nil }
    }
}
