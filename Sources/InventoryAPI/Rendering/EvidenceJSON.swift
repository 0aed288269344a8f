import Alerting
import ClusterLinks
import ExactJSON
import Inventory

/// How the evidence of an incident is written: one document that says by itself what it is about.
struct EvidenceJSON {
    let link: History.LinkSelection
    let cluster: ClusterView
    let evidence: Evidence
    /// How the alerts in it stand.
    let alerts: PresentAlerts
    let generatedAt: Instant
    let serviceVersion: String

    var bytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(UInt8(ascii: "{"))
        writeSubject(into: &bytes)
        bytes.appendName("before")
        Self.write(evidence.before, into: &bytes)
        bytes.appendName("after")
        Self.write(evidence.after, into: &bytes)
        bytes.appendMember("difference", .object(difference))
        bytes.appendName("versions")
        bytes.appendArray(evidence.versions.rows) { VersionJSON.write($0, into: &$1) }
        bytes.appendName("errors")
        bytes.appendArray(evidence.episodes.rows) { EpisodeJSON.object($0).write(into: &$1) }
        bytes.appendName("alerts")
        bytes.appendArray(evidence.alerts.rows) { row, bytes in
            alerts.alert(row.alert.id, stored: row).map { alerts.json(of: $0).write(into: &bytes) }
        }
        bytes.appendName("polls")
        bytes.appendArray(evidence.runs.rows) { PollRunJSON.object($0).write(into: &$1) }
        bytes.appendMember("availability", .object(AvailabilityJSON.figures(evidence.availability)))
        bytes.appendMember("truncated", .bool(!elsewhere.isEmpty))
        bytes.appendMember("ask_instead", .array(elsewhere.map(JSONValue.string)))
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private func writeSubject(into bytes: inout [UInt8]) {
        bytes.appendMember("generated_at", instant: generatedAt)
        bytes.appendMember("service", ["name": "linkwatch", "version": .string(serviceVersion)])
        bytes.appendMember(
            "cluster",
            [
                "cluster_id": .string(cluster.id.rawValue),
                "name": .optional(cluster.description.name),
                "labels": .object(LinkJSON.labels(cluster.description.labels)),
                "endpoint_host": .string(cluster.description.endpointHost),
                "configured": .bool(cluster.isConfigured),
            ]
        )
        bytes.appendMember("link_name", string: link.name)
        bytes.appendMember(
            "incarnations",
            .array(
                evidence.lives.map { life in
                    [
                        "cluster_link_id": .optional(life.clusterLinkID),
                        "first_observed_at": .string(life.firstObservedAt.description),
                        "deleted_at": .optional(life.deletedAt?.description),
                    ]
                }
            )
        )
        bytes.appendMember("from", instant: evidence.window.from)
        bytes.appendMember("to", instant: evidence.window.to)
        bytes.appendMember("kept_from", instant: evidence.availability.keptFrom)
    }

    /// A document as it is stored, every byte of it.
    private static func write(_ version: VersionRow?, into bytes: inout [UInt8]) {
        guard let version else { return bytes.append(contentsOf: "null".utf8) }
        bytes.append(UInt8(ascii: "{"))
        bytes.appendMember("cluster_link_id", string: version.clusterLinkID)
        bytes.appendMember("valid_from", instant: version.validFrom)
        bytes.appendMember("valid_to", instant: version.validTo)
        bytes.appendMember("document", written: version.document.link.bytes)
        bytes.append(UInt8(ascii: "}"))
    }

    private var difference: JSONObject {
        let fields = FieldDifference.between(evidence.before?.document.link, evidence.after?.document.link)
        return JSONObject(fields.map { ($0.name, .object($0.json)) })
    }

    /// The lists that have all of what is told in part here.
    private var elsewhere: [String] {
        let cluster = "/api/v1/clusters/" + PathSegment.encoded(cluster.id.rawValue)
        let link = cluster + "/links/" + PathSegment.encoded(link.name)
        let incarnation = self.link.id.map { "&cluster_link_id=" + PathSegment.encoded($0.rawValue) } ?? ""
        let alertList =
            "/api/v1/alerts?cluster_id=\(PathSegment.encoded(self.cluster.id.rawValue))"
            + "&link_name=\(PathSegment.encoded(self.link.name))&limit=1000"
        let span = "?from=\(evidence.window.from)&to=\(evidence.window.to)&limit=1000"
        return [
            evidence.versions.isTruncated ? link + "/history" + span + incarnation : nil,
            evidence.episodes.isTruncated ? link + "/errors" + span + incarnation : nil,
            evidence.alerts.isTruncated ? alertList : nil,
            evidence.runs.isTruncated ? cluster + "/polls" + span : nil,
        ].compactMap(\.self)
    }
}
