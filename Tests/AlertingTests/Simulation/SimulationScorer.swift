import Alerting

/// Scores pages by what really happened, with no word of how they came to be.
struct SimulationScorer {
    private struct Truth {
        let incident: TrueIncident
        /// When it has to be told at the latest, the first time and where it gets worse.
        let tellings: [Int]
        var told = 0
        var ended = 0
    }

    private let fleet: SimulatedFleet
    private let thresholds: (failure: Int, resolve: Int)
    private var truths: [Truth]
    private let troubles: TroubleIndex
    private var score = SimulationScore()
    /// In words, the first things that would have to be looked into.
    private(set) var complaints: [String] = []

    private static let mostComplaints = 10

    /// - Parameters:
    ///   - knowsSeverities: whether it is to be told that something got worse.
    ///   - thresholds: how often a trouble has to be seen to be told, and well to be over.
    init(_ fleet: SimulatedFleet, knowsSeverities: Bool = true, thresholds: (failure: Int, resolve: Int) = (2, 2)) {
        self.fleet = fleet
        self.thresholds = thresholds
        truths = fleet.incidents.map { incident in
            let tellings = fleet.tellings(of: incident, threshold: thresholds.failure)
            return Truth(incident: incident, tellings: knowsSeverities ? tellings : Array(tellings.prefix(1)))
        }
        troubles = TroubleIndex(fleet)
    }

    mutating func score(_ pages: [Page]) -> SimulationScore {
        score = SimulationScore()
        var ids: Set<String> = []
        for page in pages {
            guard ids.insert(page.id).inserted else {
                score.arrivedTwice += 1
                continue
            }
            switch page.kind {
            case .firing: scoreFiring(page)
            case .reminder: scoreReminder(page)
            case .resolved: scoreEnd(page)
            }
        }
        for truth in truths {
            if truth.told < truth.tellings.count, complaints.count < Self.mostComplaints {
                complaints.append("not told of \(truth.incident)")
            }
            let isSilenced = truth.tellings.isEmpty && truth.incident.silence != nil
            score.silenced += isSilenced ? 1 : 0
            score.incidents += truth.tellings.isEmpty ? 0 : 1
            score.worsenings += max(0, truth.tellings.count - 1)
            score.endsMissed += truth.told > 0 && truth.ended != 1 ? 1 : 0
        }
        return score
    }

    private mutating func scoreFiring(_ page: Page) {
        score.notifications += 1
        guard let number = owner(of: page), !truths[number].tellings.isEmpty,
            truths[number].incident.isOngoing(at: page.tick)
        else {
            score.unfounded += 1
            complain("unfounded", page)
            return
        }
        let (told, tellings) = (truths[number].told, truths[number].tellings)
        truths[number].told += 1
        guard told < tellings.count else {
            score.repeated += 1
            complain("repeated", page)
            return
        }
        if told == 0 { score.found += 1 } else { score.worseningsTold += 1 }
        guard page.tick > tellings[told] else { return }
        score.late += 1
        complain("late", page)
    }

    private mutating func scoreReminder(_ page: Page) {
        guard let number = owner(of: page), truths[number].told > 0, truths[number].ended == 0 else {
            score.unfounded += 1
            return
        }
        score.reminders += 1
    }

    private mutating func scoreEnd(_ page: Page) {
        guard let number = owner(of: page), truths[number].told > 0 else { return }
        score.ends += 1
        truths[number].ended += 1
        guard !isSeenOver(truths[number].incident, at: page.tick) else { return }
        score.endedEarly += 1
        complain("ended early", page)
    }

    private mutating func complain(_ word: String, _ page: Page) {
        let incident = owner(of: page).map { truths[$0].incident }
        guard complaints.count < Self.mostComplaints else { return }
        complaints.append("\(word) at \(page.tick): \(page.subjects) of \(incident.map { "\($0)" } ?? "nothing")")
    }

    /// Whether all of an incident that could be told by then has been seen to be over.
    private func isSeenOver(_ incident: TrueIncident, at tick: Int) -> Bool {
        incident.troubles.allSatisfy { trouble in
            guard let due = fleet.due(trouble, threshold: thresholds.failure), due <= tick else { return true }
            return fleet.overSeen(trouble, threshold: thresholds.resolve).map { $0 <= tick } ?? false
        }
    }

    /// The one true incident that all of a page's subjects are of.
    private func owner(of page: Page) -> Int? {
        let owners = Set(page.subjects.map { troubles[$0]?.incident })
        return owners.count == 1 ? owners.first ?? nil : nil
    }
}

extension TrueIncident {
    fileprivate func isOngoing(at tick: Int) -> Bool {
        troubles.contains { trouble in trouble.parts.contains { $0.contains(tick) } }
    }
}
