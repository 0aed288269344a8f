import ClusterLinks
import ExactJSON
import Inventory

extension VerificationReport {
    /// What programs read of it.
    func json(of file: String) -> String {
        let report: JSONObject = [
            "file": .string(file), "sound": .bool(isSound), "schema": .array(schema.map(JSONValue.string)),
            "pending_migrations": .array(pendingMigrations.map(JSONValue.string)),
            "rows_verified": .bool(areRowsVerified),
            "kept_from": keptFrom.map { .string($0.description) } ?? .null,
            "first_sequence": sequences.map { .int($0.lowerBound) } ?? .null,
            "last_sequence": sequences.map { .int($0.upperBound) } ?? .null,
            "counts": [
                "clusters": .int(counts.clusters), "links": .int(counts.links), "versions": .int(counts.versions),
                "changes": .int(counts.changes), "episodes": .int(counts.episodes),
                "broken_off_episodes": .int(counts.brokenOffEpisodes), "messages": .int(counts.messages),
                "snapshots": .int(counts.snapshots), "poll_runs": .int(counts.pollRuns),
                "documents": .int(counts.documents),
                "unreferred_documents": .int(counts.unreferredDocuments),
            ],
            "finding_counts": .object(
                JSONObject(
                    Finding.Kind.allCases.compactMap { kind in
                        findingCounts[kind].map { (kind.rawValue, JSONValue.int($0)) }
                    }
                )
            ),
            "findings": .array(findings.map(\.json)),
        ]
        return String(decoding: JSONValue.object(report).encoded, as: UTF8.self)
    }
}

extension Finding {
    fileprivate var json: JSONValue {
        [
            "kind": .string(kind.rawValue), "message": .string(message),
            "cluster_id": clusterID.map(JSONValue.string) ?? .null,
            "link_name": linkName.map(JSONValue.string) ?? .null,
            "cluster_link_id": clusterLinkID.map(JSONValue.string) ?? .null,
            "at": at.map { .string($0.description) } ?? .null, "sequence": sequence.map { .int($0) } ?? .null,
        ]
    }
}

extension InventoryFileError {
    /// That a file cannot be read, for programs.
    func json(of file: String) -> String {
        let report: JSONObject = ["file": .string(file), "sound": false, "error": .string(description)]
        return String(decoding: JSONValue.object(report).encoded, as: UTF8.self)
    }
}
