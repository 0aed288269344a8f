import ClusterLinks
import Testing

/// Truth rule 15: the figures of a window, each computed by hand.
struct AvailabilityTests {
    /// A link's life, what was known of it, the question and the answer, all in seconds.
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        var life: [(Int64, Int64, Health)]
        var known = [Span(-1000, 1000)]
        var asked = Span(0, 100)
        var window = Span(0, 100)
        /// ok, degraded, error, unknown.
        var seconds: [Int]
        /// Nil for the whole window.
        var listed: Int?
        var coverage: Double? = 1
        var availability: Double?
        var episodes = 0
        var repair: Duration?
        var between: Duration?
        var longest: Duration?
    }

    private static let cases = [
        Case(testDescription: "always well", life: [(0, 100, .ok)], seconds: [100, 0, 0, 0], availability: 1),
        Case(
            testDescription: "one error",
            life: [(0, 60, .ok), (60, 80, .error), (80, 100, .ok)],
            seconds: [80, 0, 20, 0],
            availability: 0.8,
            episodes: 1,
            repair: .seconds(20),
            between: .seconds(80),
            longest: .seconds(20)
        ),
        Case(
            testDescription: "an error that goes on has no repair",
            life: [(0, 90, .ok), (90, 100, .error)],
            seconds: [90, 0, 10, 0],
            availability: 0.9,
            episodes: 1,
            between: .seconds(90),
            longest: .seconds(10)
        ),
        Case(
            testDescription: "degraded counts as available",
            life: [(0, 50, .degraded), (50, 75, .ok), (75, 100, .degraded)],
            seconds: [25, 75, 0, 0],
            availability: 1
        ),
        Case(
            testDescription: "two errors and what is between them",
            life: [(0, 10, .ok), (10, 20, .error), (20, 40, .ok), (40, 70, .error), (70, 100, .degraded)],
            seconds: [30, 30, 40, 0],
            availability: 0.6,
            episodes: 2,
            repair: .seconds(20),
            between: .seconds(30),
            longest: .seconds(30)
        ),
        Case(
            testDescription: "a change of code breaks no episode",
            life: [(0, 40, .ok), (40, 50, .error), (50, 70, .error), (70, 100, .ok)],
            seconds: [70, 0, 30, 0],
            availability: 0.7,
            episodes: 1,
            repair: .seconds(30),
            between: .seconds(70),
            longest: .seconds(30)
        ),
        Case(
            testDescription: "unknown time is counted apart and breaks no episode",
            life: [(0, 40, .ok), (40, 80, .error), (80, 100, .ok)],
            known: [Span(0, 50), Span(70, 100)],
            seconds: [60, 0, 20, 20],
            coverage: 0.8,
            availability: 0.75,
            episodes: 1,
            repair: .seconds(40),
            between: .seconds(60),
            longest: .seconds(40)
        ),
        Case(
            testDescription: "unknown time in good days is not available",
            life: [(0, 100, .ok)],
            known: [Span(0, 25), Span(50, 75)],
            seconds: [50, 0, 0, 50],
            coverage: 0.5,
            availability: 1
        ),
        Case(
            testDescription: "nothing known has no availability",
            life: [(0, 100, .ok)],
            known: [],
            seconds: [0, 0, 0, 100],
            coverage: 0
        ),
        Case(
            testDescription: "clipped to the first observation",
            life: [(40, 70, .ok), (70, 80, .error), (80, 100, .ok)],
            window: Span(40, 100),
            seconds: [50, 0, 10, 0],
            availability: 50.0 / 60,
            episodes: 1,
            repair: .seconds(10),
            between: .seconds(50),
            longest: .seconds(10)
        ),
        Case(
            testDescription: "clipped to the deletion, which ends an episode",
            life: [(20, 60, .ok), (60, 80, .error)],
            window: Span(20, 80),
            seconds: [40, 0, 20, 0],
            availability: 40.0 / 60,
            episodes: 1,
            repair: .seconds(20),
            between: .seconds(40),
            longest: .seconds(20)
        ),
        Case(
            testDescription: "a window inside a longer life",
            life: [(-500, 30, .ok), (30, 40, .error), (40, 900, .ok)],
            seconds: [90, 0, 10, 0],
            availability: 0.9,
            episodes: 1,
            repair: .seconds(10),
            between: .seconds(90),
            longest: .seconds(10)
        ),
        Case(
            testDescription: "errors outside the window do not count",
            life: [(-500, -100, .error), (-100, 100, .ok), (100, 900, .error)],
            seconds: [100, 0, 0, 0],
            availability: 1
        ),
        Case(
            testDescription: "nothing but error has no time between failures but zero",
            life: [(0, 100, .error)],
            seconds: [0, 0, 100, 0],
            availability: 0,
            episodes: 1,
            between: .zero,
            longest: .seconds(100)
        ),
        Case(
            testDescription: "a window before the life is empty",
            life: [(200, 300, .error)],
            seconds: [0, 0, 0, 0],
            coverage: nil
        ),
        Case(testDescription: "no life at all", life: [], seconds: [0, 0, 0, 0], coverage: nil),
        Case(
            testDescription: "an empty window",
            life: [(0, 100, .error)],
            asked: Span(50, 50),
            seconds: [0, 0, 0, 0],
            coverage: nil
        ),
        Case(
            testDescription: "a hole between a deletion and the return is outside of the window, and ends an episode",
            life: [(0, 20, .ok), (20, 30, .error), (70, 80, .error), (80, 100, .ok)],
            known: [Span(0, 90)],
            seconds: [30, 0, 20, 10],
            listed: 60,
            coverage: 50.0 / 60,
            availability: 0.6,
            episodes: 2,
            repair: .seconds(10),
            between: .seconds(15),
            longest: .seconds(10)
        ),
        Case(
            testDescription: "a hole at the beginning moves it",
            life: [(-500, -10, .error), (40, 100, .ok)],
            window: Span(40, 100),
            seconds: [60, 0, 0, 0],
            availability: 1
        ),
        Case(
            testDescription: "a hole at the end moves it too",
            life: [(-500, 50, .ok), (130, 500, .error)],
            window: Span(0, 50),
            seconds: [50, 0, 0, 0],
            availability: 1
        ),
        Case(
            testDescription: "a hole as long as the window leaves nothing",
            life: [(-500, -10, .ok), (130, 500, .error)],
            seconds: [0, 0, 0, 0],
            coverage: nil
        ),
        Case(
            testDescription: "an error that ends where the window does has not ended in it",
            life: [(0, 90, .ok), (90, 100, .error), (100, 200, .ok)],
            seconds: [90, 0, 10, 0],
            availability: 0.9,
            episodes: 1,
            between: .seconds(90),
            longest: .seconds(10)
        ),
        Case(
            testDescription: "of an error from before the window counts what lies within",
            life: [(-50, 10, .error), (10, 200, .ok)],
            seconds: [90, 0, 10, 0],
            availability: 0.9,
            episodes: 1,
            repair: .seconds(10),
            between: .seconds(90),
            longest: .seconds(10)
        ),
    ]

    @Test(arguments: cases)
    func theFiguresOfAWindow(of given: Case) {
        let result = Availability(
            of: given.life.map { Availability.Stretch(Span($0.0, $0.1), $0.2) },
            known: given.known,
            window: given.asked
        )
        let healths = [Health.ok, .degraded, .error, .unknown]
        #expect(healths.map { result.time(in: $0) } == given.seconds.map { .seconds($0) })
        #expect(result.coverage == given.coverage)
        #expect(result.availability == given.availability)
        #expect(result.episodes == given.episodes)
        #expect(result.meanTimeToRepair == given.repair)
        #expect(result.meanTimeBetweenFailures == given.between)
        #expect(result.longest == given.longest)
        guard given.coverage != nil else {
            #expect(result.window == Span(from: given.asked.to, to: given.asked.to))
            #expect(result.links == 0)
            #expect(result.listed == .zero)
            #expect(healths.allSatisfy { result.share(of: $0) == nil })
            return
        }
        #expect(result.window == given.window)
        #expect(result.links == 1)
        let listed = given.listed.map(Duration.seconds) ?? given.window.length
        #expect(result.listed == listed)
        #expect(healths.map { result.share(of: $0) } == given.seconds.map { Double($0) / listed.seconds })
    }

    @Test func severalLinksAreSummed() {
        let asked = Span(0, 100)
        let known = [Span(0, 80)]
        var all = Availability(window: asked)
        // Good for 50 s, broken for 10 s; broken for the first 40 s; never listed; of another cluster, all unknown.
        all.add(Availability(of: [.init(Span(10, 60), .ok), .init(Span(60, 70), .error)], known: known, window: asked))
        all.add(
            Availability(
                of: [.init(Span(-9, 40), .error), .init(Span(40, 200), .degraded)],
                known: known,
                window: asked
            )
        )
        all.add(Availability(of: [.init(Span(200, 300), .error)], known: known, window: asked))
        all.add(Availability(of: [.init(Span(30, 50), .ok)], known: [], window: asked))
        #expect(all.links == 3)
        #expect(all.window == asked)
        #expect(Health.allCases.map { all.time(in: $0) } == [50, 40, 50, 40].map { .seconds($0) })
        #expect(all.listed == .seconds(180))
        #expect(all.coverage == 140.0 / 180)
        #expect(all.availability == 90.0 / 140)
        #expect(all.episodes == 2)
        #expect(all.meanTimeToRepair == .seconds(25))
        #expect(all.meanTimeBetweenFailures == .seconds(45))
        #expect(all.longest == .seconds(40))
    }
}
