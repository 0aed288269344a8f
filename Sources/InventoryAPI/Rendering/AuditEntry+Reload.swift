package import ClusterLinks
import ExactJSON
package import Inventory

extension AuditEntry {
    /// What the audit keeps of a reload, whichever way it was asked for and whatever came of it.
    /// - Parameter path: the file; nil where there is none.
    package static func reload(
        _ result: Result<ReloadReport, ReloadRefusal>,
        of path: String?,
        by actor: String,
        from peer: String?,
        at instant: Instant
    ) -> AuditEntry {
        let detail: JSONObject =
            switch result {
            case .success(let report):
                [
                    "taken_up": true, "added": .int(report.added.count), "removed": .int(report.removed.count),
                    "changed": .int(report.changed.count),
                ]
            case .failure(.invalid(let problems)): ["taken_up": false, "problems": .int(problems.count)]
            case .failure(.noFile), .failure(.stopping): ["taken_up": false]
            }
        return AuditEntry(
            at: instant,
            actor: actor,
            peer: peer,
            action: "configuration.reload",
            target: path ?? "",
            detail: String(decoding: detail.encoded, as: UTF8.self)
        )
    }
}
