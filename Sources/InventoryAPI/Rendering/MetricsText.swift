import ClusterLinks
import Exposition
import HTTPServing
import HTTPTypes
import Inventory
import Locking

/// Finished scrapes, each good as long as no link and no alert changes, and for a second at most.
///
/// An actor, so that of many who ask at once one makes the text and the others find it. A scrape is joined from pieces: those
/// of links are written anew for clusters that changed, those of alerts when alerts changed, those of clusters for each
/// generation of the fleet, and all that tells of the service at most once a second.
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

    /// A text that is good for one state of what it tells.
    private struct Text<State: Equatable> {
        let state: State
        let piece: BodyPiece
    }

    private static let lifetime = Duration.seconds(1)

    private nonisolated let scrapes = Locked<[ExpositionFormat: Scrape]>([:])
    private var links = LinkSeries()
    private var alerts: [ExpositionFormat: Text<UInt64>] = [:]
    private var service: [ExpositionFormat: Text<Instant>] = [:]
    private var scrapeCount = 0

    /// What was scraped last, if it still holds.
    nonisolated func known(
        _ format: ExpositionFormat,
        generation: Generation,
        at now: Instant
    ) -> Representation? {
        scrapes.withLock { scrapes in
            guard let scrape = scrapes[format], scrape.generation == generation, Self.isFresh(scrape.at, at: now)
            else { return nil }
            return scrape.answer
        }
    }

    /// - Parameters:
    ///   - clusters: the families of the clusters.
    ///   - service: those of the service; asks the operating system and the database.
    func scrape(
        _ format: ExpositionFormat,
        of view: FleetView,
        _ board: AlertBoard.View,
        at now: Instant,
        clusters: @Sendable () -> [MetricFamily],
        service families: @Sendable () async -> [MetricFamily]
    ) async -> Representation {
        if service[format].map({ Self.isFresh($0.state, at: now) }) != true {
            let text = Self.text(await families(), format) { format.end(&$0) }
            service[format] = Text(state: now, piece: text)
        }
        let generation = Generation(fleet: view.generation, alerts: board.generation)
        // Another may have made it meanwhile.
        if let known = known(format, generation: generation, at: now) { return known }
        if alerts[format]?.state != board.generation {
            alerts[format] = Text(state: board.generation, piece: Self.text(AlertMetrics.families(of: board), format))
        }
        let pieces =
            links.pieces(of: view, as: format)
            + [alerts[format]?.piece, Self.text(clusters(), format), service[format]?.piece].compactMap(\.self)
        scrapeCount += 1
        let answer = Representation(
            contentType: format.contentType,
            pieces: pieces,
            // Hashing megabytes, to find that two scrapes differ, helps nobody.
            etag: "\(now.milliseconds)-\(scrapeCount)",
            extraFields: [.vary: "Accept"],
            isSentOften: true
        )
        scrapes.withLock { $0[format] = Scrape(generation: generation, at: now, answer: answer) }
        return answer
    }

    private static func isFresh(_ then: Instant, at now: Instant) -> Bool { then <= now && now - then < lifetime }

    private static func text(
        _ families: [MetricFamily],
        _ format: ExpositionFormat,
        ending: (inout [UInt8]) -> Void = { _ in }
    ) -> BodyPiece {
        var text: [UInt8] = []
        format.write(families, into: &text)
        ending(&text)
        return BodyPiece(text)
    }
}
