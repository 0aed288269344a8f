import ClusterLinks
import ExactJSON
import Inventory
import InventoryAPI
import KafkaREST

/// A write as the audit tells it: who asks for what, before the cluster is asked, and what came of it.
///
/// Neither has anything of a body: they hold secrets.
struct ForwardedWrite: Sendable {
    let request: ForwardedRequest
    let link: LinkName
    let cluster: ClusterID
    let principal: Principal
    let change: LinkExpectation.Change
    /// Joins both entries.
    private let number = String(UInt64.random(in: .min ... .max), radix: 16)

    /// Nil for a question, which changes nothing.
    init?(_ request: ForwardedRequest, on cluster: ClusterID, by principal: Principal) {
        switch request.operation {
        case .create(let name, _, _, _): (link, change) = (name, .create)
        case .delete(let name, _, _): (link, change) = (name, .delete)
        case .configs, .mirrors: return nil
        }
        self.request = request
        self.cluster = cluster
        self.principal = principal
    }

    /// - Parameter instant: when it was asked for.
    func asked(at instant: Instant) -> AuditEntry { entry(at: instant, action: "link.\(change.rawValue)", detail: [:]) }

    /// - Parameter instant: when the cluster answered, or was given up.
    func outcome(_ result: Result<ForwardedAnswer, ForwardFailure>, at instant: Instant) -> AuditEntry {
        let outcome: JSONObject =
            switch result {
            case .success(let answer): ["http_status": .int(answer.status)]
            case .failure(let failure):
                [
                    "http_status": .null, "reason": .string(failure.reason.rawValue),
                    "carried_out": failure.mayHaveBeenCarriedOut ? "unknown" : "no",
                ]
            }
        return entry(at: instant, action: "link.\(change.rawValue).outcome", detail: outcome)
    }

    private func entry(at instant: Instant, action: String, detail: JSONObject) -> AuditEntry {
        var query = JSONObject()
        for flag in request.flags { query[flag.name] = .bool(flag.value) }
        var json: JSONObject = [
            "request": .string(number), "cluster_id": .string(cluster.rawValue), "link_name": .string(link.rawValue),
            "query": .object(query),
        ]
        for member in detail.members { json[member.name] = member.value }
        return AuditEntry(
            at: instant,
            actor: principal.actor,
            peer: principal.origin,
            action: action,
            target: "\(cluster)/\(link)",
            detail: String(decoding: json.encoded, as: UTF8.self)
        )
    }
}
