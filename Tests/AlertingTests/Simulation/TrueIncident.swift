import Alerting

/// Something that really happens, with one cause, and of which somebody has to be told once if it is seen long enough.
struct TrueIncident {
    /// What it does to one link, or to the polls of one cluster.
    struct Trouble {
        let kind: AlertKind
        let cluster: Int
        /// Nil for the cluster itself.
        let link: Int?
        /// The unbroken spans in which it shows, from the first to the last; one of them has to be seen long enough.
        let parts: [Range<Int>]
        /// Whether a deletion ends it, which is certain at once.
        var isDeleted = false
        /// When the link began to be bad in another way, where it is without a break from then on.
        var badSince: Int?

        init(_ kind: AlertKind, _ place: SimulatedFleet.Place, _ parts: [Range<Int>], isDeleted: Bool = false) {
            self.init(kind, cluster: place.cluster, link: place.link, parts, isDeleted: isDeleted)
        }

        init(_ kind: AlertKind, cluster: Int, link: Int?, _ parts: [Range<Int>], isDeleted: Bool = false) {
            self.kind = kind
            self.cluster = cluster
            self.link = link
            self.parts = parts
            self.isDeleted = isDeleted
        }

        var start: Int { parts.first?.lowerBound ?? 0 }
        var end: Int { parts.last?.upperBound ?? 0 }
    }

    var troubles: [Trouble]
    /// From when on it is more severe than it began.
    var worsensAt: Int?
    /// When nobody wants to be told.
    var silence: Range<Int>?

    init(_ troubles: [Trouble], worsensAt: Int? = nil, silence: Range<Int>? = nil) {
        self.troubles = troubles
        self.worsensAt = worsensAt
        self.silence = silence
    }
}

extension SimulatedFleet {
    /// What counts for a trouble: failed polls for those of a cluster, successful ones for those of a link.
    private func sees(_ trouble: TrueIncident.Trouble) -> Poll { trouble.link == nil ? .failure : .success }

    /// When a trouble shows and has been seen `threshold` times without a break, with what it was before; nil where it never is.
    func due(_ trouble: TrueIncident.Trouble, threshold: Int) -> Int? {
        for part in trouble.parts {
            var seen = 0
            for tick in min(trouble.badSince ?? part.lowerBound, part.lowerBound)..<part.upperBound
            where polls[trouble.cluster][tick] == sees(trouble) {
                seen += 1
                if seen >= threshold, part.contains(tick) { return tick }
            }
        }
        return nil
    }

    /// The first tick after its end at which a trouble has been seen to be well `threshold` times without a break; an
    /// interruption that was seen may count, if what came after it was not.
    /// - Parameter start: from where on to look, and not only after the end.
    func overSeen(_ trouble: TrueIncident.Trouble, threshold: Int, from start: Int? = nil) -> Int? {
        var seen = 0
        for tick in (start ?? trouble.start)..<Self.ticks {
            let poll = polls[trouble.cluster][tick]
            let isWell = trouble.link == nil || !trouble.parts.contains { $0.contains(tick) }
            if poll == .success, isWell {
                seen += 1
            } else if poll == sees(trouble) {
                seen = 0
            }
            if tick >= start ?? trouble.end, seen >= (trouble.isDeleted ? 1 : threshold) { return tick }
        }
        return nil
    }

    /// When somebody has to be told at the latest: once, and once more where it gets worse; never where it is not seen
    /// long enough, or over before its silence is.
    func tellings(of incident: TrueIncident, threshold: Int) -> [Int] {
        let due = incident.troubles.compactMap { trouble in self.due(trouble, threshold: threshold) }
        guard let first = due.min() else { return [] }
        if let silence = incident.silence {
            guard incident.troubles.contains(where: { $0.end > silence.upperBound }) else { return [] }
            return [isDown[silence.upperBound...].firstIndex(of: false)].compactMap(\.self)
        }
        guard let worse = incident.worsensAt, first < worse, let trouble = incident.troubles.first,
            let seen = (worse..<trouble.end).first(where: { polls[trouble.cluster][$0] == .success })
        else { return [first] }
        return [first, seen]
    }
}
