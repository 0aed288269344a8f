import Foundation
import HTTPServing
import HTTPTypes
import Locking
import Synchronization

/// An interface of a few handlers, which answers what the page asks for with what a test wants it to see.
final class TestFleet: Sendable {
    struct Link: Encodable, Sendable {
        var clusterId = "lkc-test"
        var clusterName = "orders-eu"
        var clusterLinkId = "AAAAAAAAAAAAAAAAAAAAAA"
        var linkName: String
        var health = "ok"
        var lastKnownHealth = "ok"
        var linkState = "ACTIVE"
        var linkError = "NO_ERROR"
        var linkErrorMessage = ""
        var direction = "destination"
        var remoteClusterId = "lkc-far"
        var topicNames = ["orders"]
        var tasks: [String] = []
        var labels = ["env": "prod"]
        var firstObservedAt = "2026-11-22T18:00:00.000Z"
        var lastChangedAt = "2026-11-22T18:00:00.000Z"

        init(_ linkName: String) { self.linkName = linkName }

        static func broken(_ name: String, code: String, message: String) -> Link {
            var link = Link(name)
            (link.health, link.lastKnownHealth) = ("error", "error")
            (link.linkError, link.linkErrorMessage) = (code, message)
            return link
        }
    }

    private let links: [Link]
    private let isStale: Bool
    private let refusal: @Sendable (_ number: Int) -> (any Error)?
    private let rounds = Atomic(0)
    private let names = Locked<[String]>([])

    /// - Parameter refusal: what the n-th question for clusters is answered with instead.
    init(
        _ links: [Link],
        isStale: Bool = false,
        refusal: @escaping @Sendable (_ number: Int) -> (any Error)? = { _ in nil }
    ) {
        self.links = links
        self.isStale = isStale
        self.refusal = refusal
    }

    /// The names of links that were asked for, as the router decoded them.
    var namesAskedFor: [String] { names.withLock { $0 } }

    var routes: [Route] {
        let cluster = "/api/v1/clusters/{cluster_id}"
        return [
            route("/api/v1/status") { _ in Self.status },
            route("/api/v1/clusters") { [self] _ in
                let number = rounds.add(1, ordering: .relaxed).newValue
                if let error = refusal(number) { throw error }
                return #"{"data":[\#(clusterBody)],"next_cursor":null}"#
            },
            route("/api/v1/links") { [self] request in try list(request) },
            route(cluster) { [self] _ in clusterBody },
            route(cluster + "/polls") { _ in
                """
                {"data":[{"outcome":"failure","reason":"timeout","http_status":null,"message":"no answer within 10 s",
                "first_at":"2026-11-22T18:00:00.000Z","last_at":"2026-11-22T18:05:00.000Z","count":5,
                "mean_duration_seconds":10.0}],"next_cursor":null}
                """
            },
            route(cluster + "/snapshots") { _ in Self.empty },
            route(cluster + "/links/{link_name}") { [self] request in
                let name = request.parameters["link_name"]
                names.withLock { $0.append(name) }
                guard let link = links.first(where: { $0.linkName == name }) else {
                    throw Problem(status: .notFound, detail: "no such link")
                }
                return try Self.encoded(link)
            },
            route(cluster + "/links/{link_name}/errors") { [self] request in
                let name = request.parameters["link_name"]
                names.withLock { $0.append(name) }
                let isBroken = links.contains { $0.linkName == name && $0.health == "error" }
                return #"{"data":[\#(isBroken ? Self.ongoing + "," : "")\#(Self.ended)],"next_cursor":null}"#
            },
            route(cluster + "/links/{link_name}/history") { _ in Self.versions },
        ]
    }

    private func route(_ template: String, _ answer: @escaping @Sendable (Request) throws -> String) -> Route {
        Route(
            .get,
            template,
            id: template,
            summary: template,
            handler: .immediate { request in
                .representation(
                    Representation(contentType: "application/json", body: Array(try answer(request).utf8))
                )
            }
        )
    }

    private func list(_ request: Request) throws -> String {
        let asked = try request.queryItems()
        let health = asked.first { $0.name == "health" }?.value
        let text = asked.first { $0.name == "q" }?.value
        let shown = links.filter { link in
            link.health == health && text.map { link.linkName.contains($0) } ?? true
        }
        return #"{"data":[\#(try shown.map(Self.encoded).joined(separator: ","))],"next_cursor":null}"#
    }

    private var clusterBody: String {
        func count(_ health: String) -> Int { links.count { $0.health == health } }
        return """
            {"cluster_id":"lkc-test","name":"orders-eu","labels":{"env":"prod"},"endpoint_host":"kafka.example",
            "configured":true,"stale":\(isStale),"links":{"total":\(links.count),"ok":\(count("ok")),
            "degraded":\(count("degraded")),"error":\(count("error")),"unknown":\(count("unknown"))},"ghosts":0,
            "ghost_records":[],"last_poll":null,"last_success_at":"2026-11-22T18:00:00.000Z","next_poll_at":null,
            "consecutive_failures":\(isStale ? 4 : 0),"last_failure":{"reason":"timeout","http_status":null,
            "message":"no answer within 10 s","at":"2026-11-22T18:05:00.000Z"}}
            """
    }

    private static func encoded(_ link: Link) throws -> String {
        let encoder = JSONEncoder()
        encoder.keyEncodingStrategy = .convertToSnakeCase
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(link), as: UTF8.self)
    }

    private static let empty = #"{"data":[],"next_cursor":null}"#

    private static let status = """
        {"version":"1.2.3","database":{"durable":true,"waiting_writes":0,"lost_changes":0,"last_error":null},
        "configuration":{"last_reload_successful":true}}
        """

    /// It began where the one before it ended.
    private static let ongoing = """
        {"link_error":"TIMEOUT_ERROR","link_state":"ACTIVE","started_at":"2026-11-22T17:42:00.000Z","ended_at":null,
        "duration_seconds":1080,"blind_seconds":0,"ongoing":true,"observations":18,
        "last_observed_at":"2026-11-22T18:00:00.000Z","started_before_observation":false,"messages":[]}
        """

    private static let ended = """
        {"link_error":"AUTHENTICATION_ERROR","link_state":"ACTIVE","started_at":"2026-11-22T17:00:00.000Z",
        "ended_at":"2026-11-22T17:42:00.000Z","duration_seconds":2520,"blind_seconds":0,"ongoing":false,
        "observations":42,"last_observed_at":"2026-11-22T17:41:00.000Z","started_before_observation":false,
        "messages":[{"at":"2026-11-22T17:00:00.000Z","message":"the key was deleted"}]}
        """

    private static let versions = """
        {"data":[{"cluster_link_id":"A","valid_from":"2026-11-22T17:42:00.000Z","valid_to":null,
        "changed":["link_state","topic_names"],"link":{"link_state":"ACTIVE","topic_names":["orders","returns"]}},
        {"cluster_link_id":"A","valid_from":"2026-11-22T17:00:00.000Z","valid_to":"2026-11-22T17:42:00.000Z",
        "changed":[],"link":{"link_state":"PAUSED","topic_names":["orders","refunds"]}}],"next_cursor":null}
        """
}
