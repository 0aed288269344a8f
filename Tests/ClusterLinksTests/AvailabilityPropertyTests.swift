import ClusterLinks
import Testing

/// Truth rule 15 against a model that looks at every second of every link.
struct AvailabilityPropertyTests {
    /// What one second of a link was: nil where it was not listed.
    private struct Second {
        let health: Health?
        let isKnown: Bool
    }

    private static let length = 60

    @Test(arguments: 0..<8)
    func theFiguresAreThoseOfEverySecond(shard: UInt64) {
        for seed in stride(from: shard, to: 4000, by: 8) {
            var random = SeededGenerator(seed: seed)
            let asked = Self.window(using: &random)
            let known = Self.flags(using: &random)
            let links = (0..<Int.random(in: 0...3, using: &random)).map { _ in
                zip(Self.healths(using: &random), known).map { Second(health: $0, isKnown: $1) }
            }
            let parts = links.map { link in
                Availability(
                    of: Self.life(of: link.map(\.health), in: asked),
                    known: Self.spans(of: known),
                    window: Span(Int64(asked.lowerBound), Int64(asked.upperBound))
                )
            }
            for (part, link) in zip(parts, links) { Self.compare(part, to: [link], in: asked, seed: seed) }
            var all = Availability(window: Span(Int64(asked.lowerBound), Int64(asked.upperBound)))
            for part in parts { all.add(part) }
            Self.compare(all, to: links, in: asked, seed: seed)
        }
    }

    private static func compare(_ figures: Availability, to links: [[Second]], in asked: Range<Int>, seed: UInt64) {
        let note: Comment = "seed \(seed)"
        let listed = links.map { link in asked.filter { link[$0].health != nil } }
        let seconds = links.flatMap { link in asked.map { link[$0] } }.filter { $0.health != nil }
        let time = Health.allCases.map { health in
            seconds.count { ($0.isKnown ? $0.health : .unknown) == health }
        }
        #expect(Health.allCases.map { figures.time(in: $0) } == time.map { .seconds($0) }, note)
        #expect(figures.links == listed.count { !$0.isEmpty }, note)
        let first = listed.compactMap(\.first).min() ?? asked.upperBound
        let last = listed.compactMap(\.last).max().map { $0 + 1 } ?? asked.upperBound
        #expect(figures.window == Span(Int64(first), Int64(last)), note)

        let all = Double(seconds.count)
        let known = Double(seconds.count(where: \.isKnown))
        #expect(figures.coverage == (all == 0 ? nil : known / all), note)
        #expect(figures.availability == (known == 0 ? nil : Double(time[0] + time[1]) / known), note)
        #expect(
            Health.allCases.map { figures.share(of: $0) } == time.map { all == 0 ? nil : Double($0) / all },
            note
        )

        let episodes = links.flatMap { Self.episodes(of: $0, in: asked) }
        let ended = episodes.filter(\.hasEnded)
        #expect(figures.episodes == episodes.count, note)
        #expect(figures.longest == episodes.map { .seconds($0.length) }.max(), note)
        #expect(
            figures.meanTimeToRepair
                == (ended.isEmpty ? nil : Duration.seconds(ended.map(\.length).reduce(0, +)) / ended.count),
            note
        )
        #expect(
            figures.meanTimeBetweenFailures
                == (episodes.isEmpty ? nil : Duration.seconds(time[0] + time[1]) / episodes.count),
            note
        )
    }

    /// Error in neighbouring seconds is one episode, whatever was known; it has ended when a later second of the window
    /// shows the link otherwise.
    private static func episodes(of link: [Second], in asked: Range<Int>) -> [(length: Int, hasEnded: Bool)] {
        var episodes: [(length: Int, hasEnded: Bool)] = []
        var isOpen = false
        for second in asked {
            if link[second].health == .error {
                if !isOpen { episodes.append((0, false)) }
                episodes[episodes.count - 1].length += 1
            } else if isOpen {
                episodes[episodes.count - 1].hasEnded = true
            }
            isOpen = link[second].health == .error
        }
        return episodes
    }

    private static func window(using random: inout SeededGenerator) -> Range<Int> {
        let from = Int.random(in: 0...length, using: &random)
        return from..<Int.random(in: from...length, using: &random)
    }

    private static func flags(using random: inout SeededGenerator) -> [Bool] {
        runs(of: [true, true, false], using: &random)
    }

    private static func healths(using random: inout SeededGenerator) -> [Health?] {
        runs(of: [.ok, .degraded, .error, .error, nil], using: &random)
    }

    /// Random values, each for some seconds.
    private static func runs<Value>(of values: [Value], using random: inout SeededGenerator) -> [Value] {
        var result: [Value] = []
        while result.count < length {
            guard let value = values.randomElement(using: &random) else { break }
            result += Array(repeating: value, count: Int.random(in: 1...15, using: &random))
        }
        return Array(result.prefix(length))
    }

    private static func spans(of flags: [Bool]) -> [Span] {
        flags.indices.filter { flags[$0] }.map { Span(Int64($0), Int64($0 + 1)) }.joined
    }

    /// The versions that overlap a window, as they are read: another every few seconds also where the health stays, and
    /// the last goes on until the window ends.
    private static func life(of healths: [Health?], in asked: Range<Int>) -> [Availability.Stretch] {
        var life: [Availability.Stretch] = []
        for second in 0..<asked.upperBound {
            guard let health = healths[second] else { continue }
            let span = Span(Int64(second), Int64(second + 1))
            if let last = life.last, last.health == health, last.span.to == span.from, second % 7 != 0 {
                life[life.count - 1] = .init(Span(from: last.span.from, to: span.to), health)
            } else {
                life.append(.init(span, health))
            }
        }
        return life
    }
}
