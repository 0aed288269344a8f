import ClusterLinks
import ExactJSON

/// Whether a document is what its row says of it.
enum DocumentCheck {
    /// Takes in a row of `documents`; gives the trouble that the content shows.
    static func take(
        _ key: Int64,
        digest: Int64,
        health: Int64,
        body: [UInt8],
        _ findings: inout FindingLedger
    ) -> Trouble? {
        guard let fields = (try? JSONValue(parsing: body))?.object else {
            findings.add(.document, "document \(key) is no JSON object")
            return nil
        }
        // Its digest is that of the same content written anew: equal where the text is canonical.
        let content = LinkContent(canonical: fields.sorted)
        if content.encoded != body { findings.add(.document, "document \(key) is not in canonical form") }
        if content.digest.hint != digest {
            findings.add(.document, "document \(key) has the digest \(digest), its text \(content.digest.hint)")
        }
        let shown = Health(lastKnownOf: content)
        if shown.stored != health {
            findings.add(
                .document,
                "document \(key) is kept as \(Health(stored: Int(health)).rawValue), its text shows \(shown.rawValue)"
            )
        }
        return Trouble(of: content)
    }

    /// Whether one content is another with what is learnt without a change: ids that were not sent before, and, where
    /// `withTasks`, a reading of the tasks.
    static func isCompletion(of earlier: JSONObject, by later: JSONObject, withTasks: Bool) -> Bool {
        let learnt = ["cluster_link_id", "link_id"] + (withTasks ? ["tasks"] : [])
        for id in ["cluster_link_id", "link_id"] where earlier[id] != nil && earlier[id] != later[id] { return false }
        var (earlier, later) = (earlier, later)
        for name in learnt { (earlier[name], later[name]) = (nil, nil) }
        return earlier == later
    }
}
