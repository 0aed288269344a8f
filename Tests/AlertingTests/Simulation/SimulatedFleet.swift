import Alerting

/// Ten clusters of fifty links that one linkwatch watches for thirty days, a tick a minute, and all that really happens.
///
/// What a scorer has to know of it is in `polls`, `incidents` and `isDown`; all of it follows from the seed.
struct SimulatedFleet {
    enum Look: Hashable {
        case fine, paused, gone, failed, unavailable
        /// From `mildest` on the configuration takes it for a warning.
        case error(Int)

        static let mildest = 1000

        var isTrouble: Bool {
            switch self {
            case .failed, .unavailable, .error: true
            case .fine, .paused, .gone: false
            }
        }
    }

    enum Poll { case success, failure, none }

    struct Place: Hashable {
        let cluster: Int
        let link: Int
    }

    struct Change {
        let link: Int
        let look: Look
        /// Counts the links that had the name.
        let life: Int
    }

    /// The end of the process, in the middle of what one poll brings.
    struct Crash {
        enum Moment: CaseIterable {
            /// The poll is lost.
            case beforeStoring
            case beforeSending
            /// What was sent is sent again.
            case beforeMarking
        }

        let cluster: Int
        let moment: Moment
        /// Whole ticks until it is started again; at once where it is 0.
        let down: Int
    }

    static let ticks = 30 * 24 * 60
    static let clusters = 0..<10
    static let links = 0..<50
    /// Expected by the configuration: their deletion is an incident.
    static let expected = 0..<5
    /// Links towards a few clusters that many of the fleet's links lead to.
    static let towardsHubs = 24..<40
    static let hubs = 0..<4
    /// The first five lead to the next cluster, where the other five have their other sides.
    static let firstSides = 40..<45
    static let secondSides = 45..<50

    /// By cluster and tick.
    var polls = [[Poll]](repeating: [Poll](repeating: .success, count: ticks), count: clusters.count)
    /// By cluster and tick.
    var changes = [[[Change]]](repeating: [[Change]](repeating: [], count: ticks), count: clusters.count)
    var isDown = [Bool](repeating: false, count: ticks)
    var crashes: [Int: Crash] = [:]
    var incidents: [TrueIncident] = []
    /// By the tick at which it is acknowledged what fires of a link.
    var acknowledgements: [Int: [Place]] = [:]
    /// How often a word of the history happened.
    var counts: [String: Int] = [:]
    var generator: SeededGenerator
    var codes = CodeBook()
    var lives: [Place: Int] = [:]
    /// For each cluster the spans of which no poll may be lost any more, as what happens in them counts on each.
    var steady = [[Range<Int>]](repeating: [], count: clusters.count)

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        addRestarts()
        for cluster in Self.clusters { addOutages(of: cluster) }
        let causes = Self.hubs.map { addSharedCauses(towards: $0) }
        for cluster in Self.clusters {
            for link in 0..<Self.firstSides.lowerBound {
                let place = Place(cluster: cluster, link: link)
                addLife(of: place, around: Self.towardsHubs.contains(link) ? causes[link % Self.hubs.count] : [])
            }
            for link in Self.firstSides { addLife(ofBothSides: Place(cluster: cluster, link: link)) }
        }
        addCrashes()
    }

    /// The cluster at the other end.
    static func remote(of place: Place) -> String {
        if let other = otherSide(of: place) { return "lkc-\(other.cluster)" }
        if towardsHubs.contains(place.link) { return "lkc-hub-\(place.link % hubs.count)" }
        return "lkc-far-\((place.cluster * 7 + place.link) % 20)"
    }

    static func otherSide(of place: Place) -> Place? {
        let count = clusters.count
        if firstSides.contains(place.link) {
            return Place(cluster: (place.cluster + 1) % count, link: place.link + firstSides.count)
        }
        if secondSides.contains(place.link) {
            return Place(cluster: (place.cluster + count - 1) % count, link: place.link - firstSides.count)
        }
        return nil
    }
}

extension SimulatedFleet {
    /// Ticks of a kind within a span.
    func count(_ poll: Poll, of cluster: Int, in span: Range<Int>) -> Int {
        polls[cluster][span].count { $0 == poll }
    }

    func isClear(_ cluster: Int, in span: Range<Int>) -> Bool {
        count(.success, of: cluster, in: span) == span.count
    }

    mutating func happened(_ word: String) { counts[word, default: 0] += 1 }

    mutating func show(_ look: Look, of place: Place, in span: Range<Int>) {
        show(look, of: place, at: span.lowerBound)
        show(.fine, of: place, at: span.upperBound)
    }

    mutating func show(_ look: Look, of place: Place, at tick: Int) {
        changes[place.cluster][tick].removeAll { $0.link == place.link }
        changes[place.cluster][tick].append(Change(link: place.link, look: look, life: lives[place] ?? 0))
    }

    /// A code that nothing else towards the same cluster has about that time: with the same it would be one incident.
    mutating func code(of place: Place, in span: Range<Int>, isMild: Bool = false) -> Look {
        var number = generator.number(0...5) + (isMild ? Look.mildest : 0)
        while !codes.take("\(number)", towards: Self.remote(of: place), in: span) { number += 1 }
        return .error(number)
    }

    /// A bad state with the kind of alert that it makes, or an error where all bad states are taken.
    mutating func badState(of place: Place, in span: Range<Int>) -> (look: Look, kind: AlertKind) {
        let remote = Self.remote(of: place)
        if codes.take("FAILED", towards: remote, in: span) { return (.failed, .linkState) }
        if codes.take("UNAVAILABLE", towards: remote, in: span) { return (.unavailable, .linkState) }
        return (code(of: place, in: span), .linkError)
    }
}

/// Which codes links towards a cluster report, and when.
struct CodeBook {
    private struct Key: Hashable {
        let remote: String
        let code: String
    }

    private var taken: [Key: [Range<Int>]] = [:]

    /// Whether a code was free about a span, which it is no longer.
    mutating func take(_ code: String, towards remote: String, in span: Range<Int>) -> Bool {
        let about = span.lowerBound - 10..<span.upperBound + 200
        let key = Key(remote: remote, code: code)
        guard taken[key]?.contains(where: { $0.overlaps(about) }) != true else { return false }
        taken[key, default: []].append(about)
        return true
    }
}
