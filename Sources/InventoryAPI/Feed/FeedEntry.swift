import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// A change or a transition as it is sent, written once for whoever listens.
final class FeedEntry: Sendable {
    /// What filters look at.
    enum Subject: Sendable, Hashable {
        case change(ChangeSubject)
        case transition(FleetTransition.Subject)
    }

    /// The number of the change; of a transition, that of the last change before it.
    let sequence: Int64
    let subject: Subject
    /// As a server-sent event.
    let event: [UInt8]
    /// Where in the event its document is.
    private let document: Range<Int>

    /// The document alone.
    var json: [UInt8] { Array(event[document]) }

    var isChange: Bool { if case .change = subject { true } else { false } }

    /// What it takes in memory, about.
    var size: Int { event.count + 256 }

    convenience init(_ row: ChangeRow) throws(ServerSentEventError) {
        try self.init(
            json: ChangeJSON.encoded(row),
            event: "change",
            id: String(row.sequence),
            sequence: row.sequence,
            subject: .change(row.subject)
        )
    }

    /// - Parameter sequence: the last change before the transition.
    convenience init(_ transition: FleetTransition, after sequence: Int64) throws(ServerSentEventError) {
        try self.init(
            json: transition.json.encoded,
            event: transition.name,
            id: nil,
            sequence: sequence,
            subject: .transition(transition.subject)
        )
    }

    private init(
        json: [UInt8],
        event name: String,
        id: String?,
        sequence: Int64,
        subject: Subject
    ) throws(ServerSentEventError) {
        var text = EventText()
        text.append(try ServerSentEvent(String(decoding: json, as: UTF8.self), event: name, id: id))
        event = text.bytes
        // A document has no line break, so it stands whole in the last line, before that line's end and the event's.
        document = event.count - 2 - json.count..<event.count - 2
        self.sequence = sequence
        self.subject = subject
    }
}

extension ChangeFilter {
    /// The kinds are those of changes: transitions come between whatever they are.
    func admits(_ subject: FeedEntry.Subject) -> Bool {
        switch subject {
        case .change(let change): admits(change)
        case .transition(let transition):
            clusters?.contains(transition.cluster) ?? true
                && (!namesLinks || admits(link: transition.link, id: transition.clusterLinkID))
        }
    }

    private func admits(link: LinkName?, id: ClusterLinkID?) -> Bool {
        linkNames.map { names in link.map(names.contains) ?? false } ?? true
            && clusterLinkIDs.map { ids in id.map(ids.contains) ?? false } ?? true
    }
}
