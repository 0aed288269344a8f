import ClusterLinks
import HTTPServing
import HTTPTypes
import Inventory

/// `/api/v1/changes`, and the same as a stream of events.
extension InventoryAPI {
    private static let filters: [Parameter] = [
        .clusterID,
        Parameter("link_name", "Only changes of links that had one of these names.", .list()),
        Parameter("cluster_link_id", "Only changes of the links with these ids.", .list()),
        Parameter("kind", "Only changes of these kinds.", .list(ChangeKind.allCases.map(\.rawValue))),
    ]
    private static let after = Parameter(
        "after",
        "The number of a change, as Linkwatch-Sequence and next_cursor tell it: those after it are meant. "
            + "0 is before the oldest that is kept.",
        .sequence
    )
    private static let streamAfter = Parameter(
        "after",
        "The number of a change: the stream begins after it, and with what happens from now on where it is not given. "
            + "Last-Event-ID counts instead where the request has one.",
        .sequence
    )
    private static let cursor = Parameter("cursor", "The same as after.", .sequence)
    private static let wait = Parameter(
        "wait",
        "How long to wait for a change where there is none yet: a duration like 30s, at most 60s; 0s where it is not given.",
        .duration
    )

    var changeRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/changes",
                id: "listChanges",
                summary: "The changes of the fleet, oldest first",
                parameters: [Self.after, Self.cursor, Self.wait] + Self.filters + [.limit],
                answer: .list(of: .change),
                handler: .asynchronous { try await changes($0) }
            ),
            APIRoute(
                "/api/v1/changes/stream",
                id: "streamChanges",
                summary: "The changes as server-sent events, with what happens to healths and clusters between them",
                parameters: [Self.streamAfter] + Self.filters,
                answer: .text(types: ["text/event-stream"]),
                handler: .asynchronous { try await streamChanges($0) }
            ),
        ]
    }

    private func changes(_ question: Question) async throws -> Response {
        let after = try question.sequence(Self.after.name)
        let cursor = try question.sequence(Self.cursor.name)
        if after != nil, cursor != nil { throw APIProblem.repeatedParameter(name: Self.after.name) }
        let batch = try await feed.changes(
            after: after ?? cursor ?? 0,
            limit: try question.limit,
            filter: try ChangeFilter(question),
            waiting: try question.duration(Self.wait.name, upTo: .seconds(60)) ?? .zero,
            on: clock
        )
        return JSONAnswer.response(
            JSONList.encoded(batch.changes, nextCursor: String(batch.lookedAt)),
            sequence: batch.lookedAt
        )
    }

    private func streamChanges(_ question: Question) async throws -> Response {
        // A client that comes back has the address it began with, and has come further since.
        let last = try question.lastEventID
        return try await feed.follow(
            after: try last ?? question.sequence(Self.streamAfter.name),
            filter: try ChangeFilter(question),
            on: clock
        )
    }
}

extension ChangeFilter {
    fileprivate init(_ question: Question) throws {
        let kinds: [ChangeKind]? = try question.choices("kind")
        self.init(
            kinds: kinds.map(Set.init),
            clusters: question.list("cluster_id").map { Set($0.map { ClusterID($0) }) },
            linkNames: question.list("link_name").map { Set($0.compactMap { LinkName($0) }) },
            clusterLinkIDs: question.list("cluster_link_id").map { Set($0.compactMap { ClusterLinkID($0) }) }
        )
    }
}
