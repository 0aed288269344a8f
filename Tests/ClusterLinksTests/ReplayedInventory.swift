import ClusterLinks

/// An inventory that knows nothing but the ledger's events, and complains of those that do not fit what it has.
struct ReplayedInventory {
    /// The links that are listed, as the events left them.
    private(set) var listed: [LinkIdentity: TrackedLink] = [:]
    private(set) var records: [LinkIdentity: RecordedLink] = [:]
    private(set) var firstObserved: [LinkIdentity: Instant] = [:]
    private(set) var complaints: [String] = []

    mutating func apply(_ events: [LinkEvent], at instant: Instant) {
        for event in events { apply(event, at: instant) }
    }

    private mutating func apply(_ event: LinkEvent, at instant: Instant) {
        switch event {
        case .appeared(let link, _):
            expect(listed[link.identity] == nil, "\(link.identity) appeared while it was listed")
            expect(link.versionSince == instant, "\(link.identity) appeared at another time")
            firstObserved[link.identity] = firstObserved[link.identity] ?? instant
            begin(link, changed: [])
        case .changed(let link, let before, let fields):
            expect(listed[link.identity]?.content == before, "\(link.identity) changed from what it was not")
            expect(!fields.isEmpty, "\(link.identity) changed without a field")
            expect(link.versionSince == instant, "\(link.identity) changed at another time")
            endVersion(of: link.identity, at: instant)
            begin(link, changed: fields)
        case .completed(let link):
            expect(listed[link.identity]?.hasTaskReading == false, "\(link.identity) was completed twice")
            takeUp(link)
        case .adopted(let link, let former):
            expect(former.clusterLinkID == nil && listed[link.identity] == nil, "\(link.identity) is no adoption")
            listed[former] = nil
            records[link.identity] = records.removeValue(forKey: former)
            firstObserved[link.identity] = firstObserved.removeValue(forKey: former)
            takeUp(link)
        case .vanished(let link):
            expect(listed[link.identity] != nil, "\(link.identity) vanished while it was not listed")
            listed[link.identity] = nil
            endVersion(of: link.identity, at: instant)
        case .episodeBegan(let episode, let identity):
            expect(episode.startedAt == instant, "\(identity) began an episode at another time")
            begin(episode, of: identity)
        case .episodeToldMessage(let text, let identity):
            listed[identity]?.episode?.message = text
            tell(text, of: identity, at: instant)
        case .episodeEnded(_, let identity):
            listed[identity]?.episode = nil
            endEpisode(of: identity, at: instant)
        }
    }

    private mutating func begin(_ link: TrackedLink, changed: [String]) {
        let version = RecordedLink.Version(
            from: link.versionSince,
            to: nil,
            changed: changed,
            content: link.content.plain
        )
        records[link.identity, default: RecordedLink()].versions.append(version)
        listed[link.identity] = link
    }

    /// Replaces the document of the open version.
    private mutating func takeUp(_ link: TrackedLink) {
        listed[link.identity] = link
        guard var record = records[link.identity], let open = record.versions.last, open.to == nil else {
            return complain("\(link.identity) has no open version")
        }
        record.versions[record.versions.count - 1].content = link.content.plain
        records[link.identity] = record
    }

    private mutating func endVersion(of identity: LinkIdentity, at instant: Instant) {
        guard var record = records[identity], let open = record.versions.last, open.to == nil, open.from < instant
        else {
            return complain("\(identity) has no version to end")
        }
        record.versions[record.versions.count - 1].to = instant
        records[identity] = record
    }

    private mutating func begin(_ episode: OpenEpisode, of identity: LinkIdentity) {
        expect(records[identity]?.episodes.allSatisfy { $0.to != nil } == true, "\(identity) has two episodes at once")
        listed[identity]?.episode = episode
        records[identity]?.episodes.append(
            RecordedLink.Episode(
                trouble: episode.trouble.error?.rawValue ?? episode.trouble.state?.rawValue ?? "",
                from: episode.startedAt,
                to: nil,
                firstObservation: episode.firstObservation,
                startedBeforeObservation: episode.startedBeforeObservation,
                messages: episode.message.map { [.init(text: $0, at: episode.startedAt)] } ?? []
            )
        )
    }

    private mutating func tell(_ text: String, of identity: LinkIdentity, at instant: Instant) {
        guard var record = records[identity], let open = record.episodes.last, open.to == nil else {
            return complain("\(identity) was told a message outside an episode")
        }
        record.episodes[record.episodes.count - 1].messages.append(.init(text: text, at: instant))
        records[identity] = record
    }

    private mutating func endEpisode(of identity: LinkIdentity, at instant: Instant) {
        guard var record = records[identity], let open = record.episodes.last, open.to == nil, open.from < instant
        else {
            return complain("\(identity) has no episode to end")
        }
        record.episodes[record.episodes.count - 1].to = instant
        records[identity] = record
    }

    private mutating func expect(_ holds: Bool, _ complaint: @autoclosure () -> String) {
        if !holds { complain(complaint()) }
    }

    private mutating func complain(_ complaint: String) { complaints.append(complaint) }
}
