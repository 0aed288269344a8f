import ClusterLinks
import ExactJSON

/// How many links are in which health: `{"total","ok","degraded","error","unknown"}`.
struct HealthCounts: Sendable {
    private var counts: [Health: Int] = [:]

    init(_ healths: some Sequence<Health>) {
        for health in healths { counts[health, default: 0] += 1 }
    }

    var json: JSONObject {
        var json: JSONObject = ["total": .int(counts.values.reduce(0, +))]
        for health in Health.allCases { json[health.rawValue] = .int(counts[health] ?? 0) }
        return json
    }
}
