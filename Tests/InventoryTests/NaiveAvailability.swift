import ClusterLinks
import NaiveInventory

/// Truth rule 15, worked out from every observation: exact to the millisecond.
struct NaiveAvailability: Equatable {
    var from: Instant
    var to: Instant
    var links = 0
    var good: Int64 = 0
    var error: Int64 = 0
    var unknown: Int64 = 0
    /// The lengths of all episodes, and of those that ended within the window.
    var episodes: [Int64] = []
    var ended: [Int64] = []

    init(of links: [NaiveLink], in asked: (from: Instant, to: Instant), on cluster: NaiveCluster) {
        (from, to) = (asked.to, asked.to)
        for link in links { add(link, in: asked, on: cluster) }
    }

    private mutating func add(_ link: NaiveLink, in asked: (from: Instant, to: Instant), on cluster: NaiveCluster) {
        let versions = link.versions.map { version in
            (from: max(version.from, asked.from), to: min(version.to ?? asked.to, asked.to), facts: version.endsAs)
        }.filter { $0.from < $0.to }
        guard let first = versions.first, let last = versions.last else { return }
        from = links == 0 ? first.from : min(from, first.from)
        to = links == 0 ? last.to : max(to, last.to)
        links += 1
        for version in versions {
            let known = cluster.known(from: version.from, to: version.to)
            unknown += (version.to - version.from).milliseconds - known
            if version.facts.trouble == nil { good += known } else { error += known }
        }
        for episode in Self.spansOfError(of: link) {
            let length = min(episode.to ?? asked.to, asked.to).milliseconds - max(episode.from, asked.from).milliseconds
            guard length > 0 else { continue }
            episodes.append(length)
            if let end = episode.to, end < asked.to { ended.append(length) }
        }
    }

    /// Episodes, those joined that follow each other without a pause: another code breaks nothing here.
    private static func spansOfError(of link: NaiveLink) -> [(from: Instant, to: Instant?)] {
        var spans: [(from: Instant, to: Instant?)] = []
        for episode in link.episodes {
            if let end = spans.last?.to, end == episode.from {
                spans[spans.count - 1].to = episode.to
            } else {
                spans.append((episode.from, episode.to))
            }
        }
        return spans
    }

    func isTold(by figures: Availability) -> Bool {
        let mean = { (lengths: [Int64]) in
            lengths.isEmpty ? nil : Duration.milliseconds(lengths.reduce(0, +)) / lengths.count
        }
        return figures.window == Span(from: from, to: to) && figures.links == links
            && (figures.time(in: .ok) + figures.time(in: .degraded)).milliseconds == good
            && figures.time(in: .error).milliseconds == error && figures.time(in: .unknown).milliseconds == unknown
            && figures.episodes == episodes.count && figures.longest?.milliseconds == episodes.max()
            && figures.meanTimeToRepair == mean(ended)
            && figures.meanTimeBetweenFailures == (episodes.isEmpty ? nil : .milliseconds(good) / episodes.count)
    }
}
