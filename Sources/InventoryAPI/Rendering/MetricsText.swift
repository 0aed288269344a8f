import ClusterLinks
import Exposition
import HTTPServing
import HTTPTypes
import Inventory
import Locking

/// Finished scrapes, each good as long as no link and no alert changes, and for a second at most.
///
/// An actor, so that of many who ask at once one makes the text and the others find it.
actor MetricsText {
    /// What a scrape is about, by number.
    struct Generation: Hashable {
        let fleet: UInt64
        let alerts: UInt64
    }

    private struct Scrape {
        let generation: Generation
        let at: Instant
        let answer: Representation
    }

    private static let lifetime = Duration.seconds(1)

    private nonisolated let scrapes = Locked<[ExpositionFormat: Scrape]>([:])
    /// The series of links, and those of alerts, which stay as long as nothing changes.
    private var links: [ExpositionFormat: (generation: UInt64, text: [UInt8])] = [:]
    private var alerts: [ExpositionFormat: (generation: UInt64, text: [UInt8])] = [:]
    private var scrapeCount = 0

    /// What was scraped last, if it still holds.
    nonisolated func known(
        _ format: ExpositionFormat,
        generation: Generation,
        at now: Instant
    ) -> Representation? {
        scrapes.withLock { scrapes in
            guard let scrape = scrapes[format], scrape.generation == generation, scrape.at <= now,
                now - scrape.at < Self.lifetime
            else { return nil }
            return scrape.answer
        }
    }

    /// - Parameter rest: the families besides those of the links and the alerts; asks the operating system.
    func scrape(
        _ format: ExpositionFormat,
        of view: FleetView,
        _ board: AlertBoard.View,
        at now: Instant,
        rest: @Sendable () -> [MetricFamily]
    ) -> Representation {
        let generation = Generation(fleet: view.generation, alerts: board.generation)
        if let known = known(format, generation: generation, at: now) { return known }
        var bytes = Self.text(&links[format], format, generation: view.generation) { LinkMetrics.families(of: view) }
        bytes += Self.text(&alerts[format], format, generation: board.generation) { AlertMetrics.families(of: board) }
        format.write(rest(), into: &bytes)
        format.end(&bytes)
        scrapeCount += 1
        let answer = Representation(
            contentType: format.contentType,
            body: bytes,
            // Hashing megabytes, to find that two scrapes differ, helps nobody.
            etag: "\(now.milliseconds)-\(scrapeCount)",
            extraFields: [.vary: "Accept"],
            isSentOften: true
        )
        scrapes.withLock { $0[format] = Scrape(generation: generation, at: now, answer: answer) }
        return answer
    }

    /// What was written last, if it still holds.
    private static func text(
        _ known: inout (generation: UInt64, text: [UInt8])?,
        _ format: ExpositionFormat,
        generation: UInt64,
        families: () -> [MetricFamily]
    ) -> [UInt8] {
        if let known, known.generation == generation { return known.text }
        var text: [UInt8] = []
        format.write(families(), into: &text)
        known = (generation, text)
        return text
    }
}
