import ClusterLinks
import ExactJSON
import Inventory

/// How availability is written.
enum AvailabilityJSON {
    private static let healths: [Health] = [.ok, .degraded, .error, .unknown]

    /// - Parameter cluster: the one cluster that the figures are about; nil where they are those of a selection.
    static func object(_ row: AvailabilityRow, of cluster: ClusterID?) -> JSONObject {
        let figures = row.figures
        var json: JSONObject = [
            "cluster_id": .optional(cluster?.rawValue),
            "link_name": .optional(row.link?.name),
            "cluster_link_id": .optional(row.link?.clusterLinkID),
        ]
        for member in Self.figures(row).members { json[member.name] = member.value }
        json["links"] = .int(figures.links)
        return json
    }

    /// The figures without a word of what they are about.
    static func figures(_ row: AvailabilityRow) -> JSONObject {
        let figures = row.figures
        return [
            "from": .string(figures.window.from.description),
            "to": .string(figures.window.to.description),
            "kept_from": .optional(row.keptFrom?.description),
            "listed_seconds": .double(figures.listed.seconds),
            "seconds": .object(JSONObject(healths.map { ($0.rawValue, .double(figures.time(in: $0).seconds)) })),
            "share": .object(JSONObject(healths.map { ($0.rawValue, optional(figures.share(of: $0))) })),
            "coverage": optional(figures.coverage),
            "availability": optional(figures.availability),
            "episodes": .int(figures.episodes),
            "mttr_seconds": optional(figures.meanTimeToRepair?.seconds),
            "mtbf_seconds": optional(figures.meanTimeBetweenFailures?.seconds),
            "longest_seconds": optional(figures.longest?.seconds),
        ]
    }

    private static func optional(_ value: Double?) -> JSONValue { value.map(JSONValue.double) ?? .null }
}
