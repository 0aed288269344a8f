import GRDB

extension Verification {
    /// Looks at the feed in its order, and gives the changes that are about clusters.
    mutating func verifyFeed() throws -> FleetChanges {
        tell(.feed)
        var feed = FeedCheck()
        var fleet = FleetChanges()
        let rows = try Row.fetchCursor(
            db,
            sql: "SELECT sequence, at, kind, cluster_key, link_key, baseline FROM changes ORDER BY sequence"
        )
        while let row = try rows.next() {
            let (sequence, at) = (try row.number(0), try row.number(1))
            feed.take(sequence: sequence, at: at, &findings)
            report.counts.changes += 1
            let kind = ChangeKind(stored: Int(try row.number(2)))
            if try row.numberOrNull(4) == nil, !fleet.add(kind, of: try row.number(3), at: at) {
                findings.add(
                    .change,
                    at: at,
                    sequence: sequence,
                    "change \(sequence) is \(kind?.rawValue ?? "of no known kind") and about no link"
                )
            }
            if try row.number(5) != 0, kind != .created {
                findings.add(
                    .change,
                    at: at,
                    sequence: sequence,
                    "change \(sequence) is of a first list, but creates nothing"
                )
            }
        }
        if let first = feed.first, let last = feed.last { report.sequences = first...last }
        var hours: [Int64: FeedCheck.Hour] = [:]
        let stored = try Row.fetchCursor(db, sql: "SELECT hour, first_sequence, last_sequence FROM change_hours")
        while let row = try stored.next() {
            hours[try row.number(0)] = FeedCheck.Hour(first: try row.number(1), last: try row.number(2))
        }
        feed.finish(hours, kept: kept, &findings)
        return fleet
    }
}
