import ClusterLinks
import ExactJSON
import Inventory

/// How a run of equal polls is written.
enum PollRunJSON {
    static func object(_ row: PollRunRow) -> JSONObject {
        [
            "outcome": .string(row.run.outcome.isSuccess ? "success" : "failure"),
            "reason": .optional(row.run.outcome.failure),
            "http_status": row.run.outcome.httpStatus.map { .int($0) } ?? .null,
            "message": .optional(row.message),
            "first_at": .string(row.run.firstAt.description),
            "last_at": .string(row.run.lastAt.description),
            "count": .int(row.run.count),
            "mean_duration_seconds": .double((row.run.totalDuration / row.run.count).seconds),
        ]
    }
}
