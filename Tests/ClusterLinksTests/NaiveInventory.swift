import ClusterLinks

/// An inventory that keeps every raw observation and works everything out from them, link by link, when it is asked.
///
/// It shares no code with the ledger: it is what the truth rules say, without any thought for speed.
struct NaiveInventory {
    private enum Sighting {
        case listed(SeenLink, observation: Int)
        case tasks([SeenTask])
    }

    /// One stay of a link in the list, from the list that first showed it to the one that lacked it.
    private struct Stay {
        var identity: String
        let startedBeforeObservation: Bool
        var sightings: [(at: Instant, what: Sighting)] = []
        var end: Instant?
        var name: String
    }

    private var stays: [Stay] = []
    private var observations = 0

    mutating func observe(_ observation: Observation, at instant: Instant) {
        switch observation {
        case .failure, .restart: break
        case .sameBytes: observations += 1
        case .tasks(let tasks, let name):
            guard let index = stays.firstIndex(where: { $0.end == nil && $0.name == name }) else { return }
            stays[index].sightings.append((instant, .tasks(tasks)))
        case .list(let links): observe(links, at: instant)
        }
    }

    private mutating func observe(_ links: [SeenLink], at instant: Instant) {
        observations += 1
        let open = stays.indices.filter { stays[$0].end == nil }
        var seen: Set<Int> = []
        for link in links {
            let index = stay(of: link, among: open) ?? begin(link)
            seen.insert(index)
            stays[index].name = link.name
            stays[index].sightings.append((instant, .listed(link, observation: observations)))
        }
        for index in open where !seen.contains(index) { stays[index].end = instant }
    }

    /// Truth rules 3 and 5; the fleet lists each name once, and renames only links that always show their ids.
    private mutating func stay(of link: SeenLink, among open: [Int]) -> Int? {
        guard let id = link.identity else { return open.first { stays[$0].name == link.name } }
        if let known = open.first(where: { stays[$0].identity == id }) { return known }
        guard let nameless = open.first(where: { stays[$0].identity == "named \(link.name)" }) else { return nil }
        for index in stays.indices where stays[index].identity == "named \(link.name)" { stays[index].identity = id }
        return nameless
    }

    private mutating func begin(_ link: SeenLink) -> Int {
        stays.append(
            Stay(
                identity: link.identity ?? "named \(link.name)",
                startedBeforeObservation: observations == 1,
                name: link.name
            )
        )
        return stays.count - 1
    }
}

extension NaiveInventory {
    /// The identities that are listed now.
    var listed: Set<String> { Set(stays.filter { $0.end == nil }.map(\.identity)) }

    /// Each link by its identity with all its versions and episodes.
    var links: [String: RecordedLink] {
        var links: [String: RecordedLink] = [:]
        for stay in stays {
            links[stay.identity, default: RecordedLink()].versions += Self.versions(of: stay)
            links[stay.identity, default: RecordedLink()].episodes += Self.episodes(of: stay)
        }
        return links
    }

    private static func versions(of stay: Stay) -> [RecordedLink.Version] {
        var versions: [RecordedLink.Version] = []
        var latest: SeenLink?
        var tasks: [SeenTask]?
        for (instant, sighting) in stay.sightings {
            var completes = false
            switch sighting {
            case .listed(let link, _): latest = link
            case .tasks(let reading):
                completes = tasks == nil
                tasks = reading
            }
            guard let content = latest?.content(tasks: tasks ?? []) else { continue }
            guard let open = versions.last else {
                versions.append(RecordedLink.Version(from: instant, to: nil, changed: [], content: content))
                continue
            }
            if completes {
                versions[versions.count - 1].content = content
            } else if content != open.content {
                let changed = Set(content.keys).union(open.content.keys).filter { content[$0] != open.content[$0] }
                versions[versions.count - 1].to = instant
                versions.append(
                    RecordedLink.Version(from: instant, to: nil, changed: changed.sorted(), content: content)
                )
            }
        }
        if let end = stay.end { versions[versions.count - 1].to = end }
        return versions
    }

    private static func episodes(of stay: Stay) -> [RecordedLink.Episode] {
        var episodes: [RecordedLink.Episode] = []
        var isFirst = true
        for (instant, sighting) in stay.sightings {
            guard case .listed(let link, let observation) = sighting else { continue }
            let open = episodes.last.flatMap { $0.to == nil ? $0 : nil }
            if let open, open.trouble != link.trouble { episodes[episodes.count - 1].to = instant }
            let message = link.message.map { RecordedLink.Episode.Message(text: $0, at: instant) }
            if let trouble = link.trouble, open?.trouble != trouble {
                episodes.append(
                    RecordedLink.Episode(
                        trouble: trouble,
                        from: instant,
                        to: nil,
                        firstObservation: observation,
                        startedBeforeObservation: isFirst && stay.startedBeforeObservation,
                        messages: message.map { [$0] } ?? []
                    )
                )
            } else if link.trouble != nil, let message, message.text != episodes.last?.messages.last?.text {
                episodes[episodes.count - 1].messages.append(message)
            }
            isFirst = false
        }
        if let end = stay.end, let open = episodes.last, open.to == nil { episodes[episodes.count - 1].to = end }
        return episodes
    }
}

extension SeenLink {
    /// The `cluster_link_id`, or the one that the UUID's first six bits make.
    fileprivate var identity: String? {
        if let id = ids["cluster_link_id"] { return id }
        guard let uuid = ids["link_id"], let octet = Int(uuid.prefix(2), radix: 16) else { return nil }
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        return String(alphabet[octet >> 2]) + String(repeating: "A", count: 21)
    }
}
