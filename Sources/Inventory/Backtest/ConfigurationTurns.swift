import Alerting
import ClusterLinks
import GRDB

/// When a cluster entered the configuration and left it.
struct ConfigurationTurns {
    private struct Turn {
        let at: Instant
        let isEntering: Bool
    }

    /// In reverse order.
    private var turns: [Turn]

    init(_ db: Database, of cluster: Int64, from instant: Instant) throws {
        let spans = try Row.fetchAll(
            db.cachedStatement(
                sql: "SELECT valid_from, valid_to FROM configuration_spans WHERE cluster_key = ? ORDER BY valid_from"
            ),
            arguments: [cluster]
        )
        turns = spans.flatMap { row -> [Turn] in
            let entry = Turn(at: Instant(milliseconds: row[0]), isEntering: true)
            let leave = (row[1] as Int64?).map { Turn(at: Instant(milliseconds: $0), isEntering: false) }
            return [entry, leave].compactMap(\.self)
        }.filter { $0.at >= instant }.reversed()
    }

    var next: Instant? { turns.last?.at }

    /// Takes the turn of an instant: a cluster enters before it is polled, and leaves after.
    mutating func take(at instant: Instant, entering: Bool) -> BacktestObservation.News? {
        guard let turn = turns.last, turn.at <= instant, turn.isEntering == entering else { return nil }
        turns.removeLast()
        return entering ? .configured : .retired
    }
}
