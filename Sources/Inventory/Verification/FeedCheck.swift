import ClusterLinks

/// Whether the feed's numbers have no gap, and what is known of each hour's changes holds: fed with the changes in order.
struct FeedCheck {
    /// The first and the last number of an hour's changes.
    struct Hour: Equatable {
        var first: Int64
        var last: Int64
    }

    private(set) var first: Int64?
    private(set) var last: Int64?
    private var hours: [Int64: Hour] = [:]

    /// Takes in the next change.
    mutating func take(sequence: Int64, at instant: Int64, _ findings: inout FindingLedger) {
        if let last, sequence != last + 1 {
            findings.add(
                .feed,
                at: instant,
                sequence: sequence,
                "the feed lacks \(Self.numbers(from: last + 1, to: sequence - 1)): after \(last) comes \(sequence)"
            )
        }
        if first == nil { first = sequence }
        last = sequence
        let hour = Instant(milliseconds: instant).hour
        hours[hour, default: Hour(first: sequence, last: sequence)].last = sequence
    }

    /// Compares what is kept of the hours, in any order, and ends.
    func finish(_ stored: [Int64: Hour], kept: KeptTime, _ findings: inout FindingLedger) {
        if let first, first != 1, kept.from == nil {
            findings.add(
                .feed,
                sequence: first,
                "the feed lacks \(Self.numbers(from: 1, to: first - 1)): it begins with \(first)"
            )
        }
        for (hour, known) in hours.sorted(by: { $0.key < $1.key }) {
            // An hour of which parts are gone may still know of them.
            let isWhole = kept.from.map { hour > Instant(milliseconds: $0).hour } ?? true
            guard let told = stored[hour] else {
                findings.add(.changeHour, at: hour * Self.hour, "nothing is kept of the hour from \(Self.text(hour))")
                continue
            }
            let holds = isWhole ? told == known : told.first <= known.first && known.last <= told.last
            if !holds {
                findings.add(
                    .changeHour,
                    at: hour * Self.hour,
                    "of the hour from \(Self.text(hour)) changes \(told.first) to \(told.last) are kept in mind, "
                        + "there are \(known.first) to \(known.last)"
                )
            }
        }
        for hour in stored.keys.sorted() where hours[hour] == nil && !kept.mayLack(hour * Self.hour) {
            findings.add(
                .changeHour,
                at: hour * Self.hour,
                "the hour from \(Self.text(hour)) is kept in mind, but has no changes"
            )
        }
    }

    private static let hour: Int64 = 3_600_000

    private static func text(_ hour: Int64) -> String { (hour * Self.hour).instantText }

    private static func numbers(from first: Int64, to last: Int64) -> String {
        first == last ? "\(first)" : "\(first) to \(last)"
    }
}
