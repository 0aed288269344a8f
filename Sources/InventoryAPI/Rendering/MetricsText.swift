import ClusterLinks
import Exposition
import HTTPServing
import HTTPTypes
import Inventory
import Locking

/// Finished scrapes, each good as long as no link changes, and for a second at most.
///
/// An actor, so that of many who ask at once one makes the text and the others find it.
actor MetricsText {
    private struct Scrape {
        let generation: UInt64
        let at: Instant
        let answer: Representation
    }

    private static let lifetime = Duration.seconds(1)

    private nonisolated let scrapes = Locked<[ExpositionFormat: Scrape]>([:])
    /// The series of links, which stay as long as nothing changes.
    private var links: [ExpositionFormat: (generation: UInt64, text: [UInt8])] = [:]
    private var scrapeCount = 0

    /// What was scraped last, if it still holds.
    nonisolated func known(_ format: ExpositionFormat, generation: UInt64, at now: Instant) -> Representation? {
        scrapes.withLock { scrapes in
            guard let scrape = scrapes[format], scrape.generation == generation, scrape.at <= now,
                now - scrape.at < Self.lifetime
            else { return nil }
            return scrape.answer
        }
    }

    /// - Parameter rest: the families besides those of the links; asks the operating system and the database.
    func scrape(
        _ format: ExpositionFormat,
        of view: FleetView,
        at now: Instant,
        rest: @Sendable () -> [MetricFamily]
    ) -> Representation {
        if let known = known(format, generation: view.generation, at: now) { return known }
        var bytes = linksText(format, of: view)
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
        scrapes.withLock { $0[format] = Scrape(generation: view.generation, at: now, answer: answer) }
        return answer
    }

    private func linksText(_ format: ExpositionFormat, of view: FleetView) -> [UInt8] {
        if let known = links[format], known.generation == view.generation { return known.text }
        var text: [UInt8] = []
        format.write(LinkMetrics.families(of: view), into: &text)
        links[format] = (view.generation, text)
        return text
    }
}
