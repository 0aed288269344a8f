import ClusterLinks
import Exposition
import Inventory
import Locking

/// Parts of a scrape that outlive it: the series of links as long as nothing changes, those about the service for a second.
final class MetricsText: Sendable {
    private struct State {
        var links: [ExpositionFormat: (generation: UInt64, text: [UInt8])] = [:]
        var service: [ExpositionFormat: (at: Instant, text: [UInt8])] = [:]
        var scrapes = 0
    }

    private let state = Locked(State())
    private static let serviceLifetime = Duration.seconds(1)

    func links(_ format: ExpositionFormat, of view: FleetView) -> [UInt8] {
        if let known = state.withLock({ $0.links[format] }), known.generation == view.generation { return known.text }
        let text = Self.text(LinkMetrics.families(of: view), format)
        state.withLock { $0.links[format] = (view.generation, text) }
        return text
    }

    /// - Parameter families: asks the operating system and the database, which is why the answer is kept.
    func service(_ format: ExpositionFormat, at now: Instant, families: () -> [MetricFamily]) -> [UInt8] {
        if let known = state.withLock({ $0.service[format] }), known.at <= now, now - known.at < Self.serviceLifetime {
            return known.text
        }
        let text = Self.text(families(), format)
        state.withLock { $0.service[format] = (now, text) }
        return text
    }

    /// A tag that no other scrape has: hashing megabytes, to find that two scrapes differ, helps nobody.
    func tag(at now: Instant) -> String {
        let scrape = state.withLock { state in
            state.scrapes += 1
            return state.scrapes
        }
        return "\(now.milliseconds)-\(scrape)"
    }

    private static func text(_ families: [MetricFamily], _ format: ExpositionFormat) -> [UInt8] {
        var bytes: [UInt8] = []
        format.write(families, into: &bytes)
        return bytes
    }
}
