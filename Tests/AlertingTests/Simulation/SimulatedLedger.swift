import Alerting
import ClusterLinks
import ExactJSON

/// What linkwatch's ledger would make of the lists of one simulated cluster, from what changed in it alone.
struct SimulatedLedger {
    private(set) var links: [LinkIdentity: TrackedLink] = [:]
    private(set) var number = 0
    private var world = SimulatedFleet.links.map { SimulatedFleet.Change(link: $0, look: .fine, life: 0) }
    private var shown = [SimulatedFleet.Change?](repeating: nil, count: SimulatedFleet.links.count)
    /// Links that may be other than they were shown last.
    private var dirty = Set(SimulatedFleet.links)
    private var contents: [SimulatedFleet.Look: LinkContent] = [:]

    mutating func happens(_ changes: [SimulatedFleet.Change]) {
        for change in changes {
            world[change.link] = change
            dirty.insert(change.link)
        }
    }

    /// Takes a successful poll; nil where the list is the one before.
    mutating func poll(at instant: Instant) throws -> [LinkEvent]? {
        number += 1
        guard !dirty.isEmpty else { return nil }
        var vanished: [LinkEvent] = []
        var others: [LinkEvent] = []
        for link in dirty.sorted() {
            let next = world[link]
            let before = try shown[link].flatMap { links[try Self.identity(of: $0)] }
            let isSame = shown[link]?.life == next.life && next.look != .gone
            if let before, !isSame {
                links[before.identity] = nil
                vanished.append(.vanished(before))
            }
            shown[link] = next.look == .gone ? nil : next
            guard next.look != .gone else { continue }
            others += try event(of: next, after: isSame ? before : nil, at: instant).map { [$0] } ?? []
        }
        dirty = []
        return vanished + others
    }

    private mutating func event(
        of next: SimulatedFleet.Change,
        after before: TrackedLink?,
        at instant: Instant
    ) throws -> LinkEvent? {
        let content = try content(of: next.look)
        if var link = before {
            let earlier = link.content
            guard earlier != content else { return nil }
            link.content = content
            links[link.identity] = link
            return .changed(link, from: earlier, fields: ["link_error"])
        }
        let link = TrackedLink(
            identity: try Self.identity(of: next),
            name: try .known("link-\(next.link)"),
            content: content,
            hasTaskReading: false,
            firstObservedAt: instant,
            versionSince: instant,
            episode: nil
        )
        links[link.identity] = link
        return .appeared(link, baseline: number == 1)
    }

    static func identity(of change: SimulatedFleet.Change) throws -> LinkIdentity {
        let text = "L\(change.link)-\(change.life)"
        return try ClusterLinkID(text).map(LinkIdentity.id) ?? .name(.known(text))
    }

    private mutating func content(of look: SimulatedFleet.Look) throws -> LinkContent {
        if let known = contents[look] { return known }
        let members =
            switch look {
            case .fine, .gone: #""link_state":"ACTIVE""#
            case .paused: #""link_state":"PAUSED""#
            case .failed: #""link_state":"FAILED""#
            case .unavailable: #""link_state":"UNAVAILABLE""#
            case .error(let code): #""link_state":"FAILED","link_error":"CODE_\#(code)""#
            }
        let content = LinkContent(item: try JSONValue(parsing: "{\(members)}").object ?? [:])
        contents[look] = content
        return content
    }
}
