import ClusterLinks
import ExactJSON

/// A ledger whose observations are a second apart and whose events read as short lines.
struct ObservedCluster {
    private(set) var ledger = ClusterLedger()
    private(set) var now = Instant.seconds(0)

    /// What a list made of the links; the episodes are in `episodes(_:)`.
    mutating func lists(_ items: String..., earlierLives: [LinkIdentity: Instant] = [:]) throws -> [String] {
        try events(items, earlierLives: earlierLives).compactMap(Self.lineOfLink)
    }

    /// What a list made of the episodes.
    mutating func episodes(_ items: String...) throws -> [String] {
        try events(items).compactMap(Self.lineOfEpisode)
    }

    /// What a reading of the tasks made of the links.
    mutating func reads(tasks: String?, of identity: LinkIdentity) throws -> [String] {
        now = now.advanced(by: .seconds(1))
        let reading = try tasks.map { try TaskReading(json: $0) } ?? TaskReading(nil)
        return ledger.observe(tasks: reading, of: identity, at: now).compactMap(Self.lineOfLink)
    }

    mutating func seesTheSameBytes() {
        now = now.advanced(by: .seconds(1))
        ledger.observeUnchanged()
    }

    /// The one link of a name; nil where there is none or more than one.
    func link(_ name: String) -> TrackedLink? {
        let named = ledger.links.values.filter { $0.name.rawValue == name }
        return named.count == 1 ? named.first : nil
    }

    private mutating func events(
        _ items: [String],
        earlierLives: [LinkIdentity: Instant] = [:]
    ) throws -> [LinkEvent] {
        now = now.advanced(by: .seconds(1))
        return ledger.observe(try LinkList(items: items), at: now, earlierLives: earlierLives)
    }

    private static func lineOfLink(_ event: LinkEvent) -> String? {
        switch event {
        case .appeared(let link, let baseline): "\(link.name) appeared" + (baseline ? " at first" : "")
        case .changed(let link, _, let fields): "\(link.name) changed \(fields.joined(separator: " "))"
        case .completed(let link): "\(link.name) completed"
        case .adopted(let link, let from): "\(from) adopted \(link.identity)"
        case .vanished(let link): "\(link.name) vanished"
        case .episodeBegan, .episodeToldMessage, .episodeEnded: nil
        }
    }

    private static func lineOfEpisode(_ event: LinkEvent) -> String? {
        switch event {
        case .episodeBegan(let episode, _):
            "\(word(episode.trouble)) began" + (episode.message.map { ": \($0)" } ?? "")
        case .episodeToldMessage(let message, _): "told \(message)"
        case .episodeEnded(let episode, _): "\(word(episode.trouble)) ended"
        case .appeared, .changed, .completed, .adopted, .vanished: nil
        }
    }

    private static func word(_ trouble: Trouble) -> String {
        switch trouble {
        case .error(let code): code.rawValue
        case .state(let state): "state \(state.rawValue)"
        }
    }
}

extension LinkIdentity {
    /// The identity of a link with an id.
    static func known(_ id: String) throws -> LinkIdentity { .id(try ClusterLinkID(id).required) }
}

extension Optional {
    /// The value, or an error that a test may throw on.
    var required: Wrapped {
        get throws {
            guard let self else { throw Missing() }
            return self
        }
    }

    struct Missing: Error {}
}
