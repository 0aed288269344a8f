import Foundation

/// A question about the past, put to the service over HTTP and to SQLite as it is.
struct PastQuestion: Sendable {
    /// One that was drawn.
    struct Draw {
        let path: String
        /// What the bare program is told.
        let arguments: [String]
    }

    let title: String
    /// The bare program's name for it.
    let bareName: String
    /// Whether every page counts, or only the first.
    var followsPages = false
    /// The most milliseconds of the 99th percentile; nil where nothing was promised.
    var goal: Double?
    let draw: @Sendable (HistoryFile) -> Draw

    static let history = PastQuestion(title: "history of a link: 100 versions", bareName: "history", goal: 1) { file in
        let link = file.anyLink
        return Draw(path: "\(path(of: link))/history?limit=100", arguments: [link.cluster, link.name])
    }

    static let all = [
        history,
        PastQuestion(title: "error episodes of a link: 100", bareName: "episodes") { file in
            let link = file.anyLink
            return Draw(path: "\(path(of: link))/errors?limit=100", arguments: [link.cluster, link.name])
        },
        PastQuestion(title: "availability of a link over 30 days", bareName: "availability") { file in
            let link = file.anyLink
            let from = file.anyInstant(beforeEnd: 30 * day)
            let to = from + 30 * day
            return Draw(
                path: "\(path(of: link))/availability?from=\(text(from))&to=\(text(to))",
                arguments: [link.cluster, link.name, "\(from)", "\(to)"]
            )
        },
        PastQuestion(
            title: "10,000 links at an instant, in pages of 1,000",
            bareName: "at",
            followsPages: true,
            goal: 50
        ) {
            let at = $0.anyInstant(beforeEnd: 0)
            return Draw(path: "/api/v1/links?at=\(text(at))&limit=1000", arguments: ["\(at)"])
        },
        PastQuestion(title: "difference over a day, all pages of 1,000", bareName: "diff", followsPages: true, goal: 12)
        {
            difference($0)
        },
        PastQuestion(title: "difference over a day, its first page", bareName: "diff") { difference($0) },
        PastQuestion(title: "100 changes of the feed", bareName: "changes") { file in
            let after = Int.random(in: 0..<max(1, file.versions - 100))
            return Draw(path: "/api/v1/changes?after=\(after)&limit=100", arguments: ["\(after)"])
        },
    ]

    private static let day = 86_400_000

    private static func difference(_ file: HistoryFile) -> Draw {
        let from = file.anyInstant(beforeEnd: day)
        let to = from + day
        return Draw(path: "/api/v1/diff?from=\(text(from))&to=\(text(to))&limit=1000", arguments: ["\(from)", "\(to)"])
    }

    private static func path(of link: HistoryFile.Link) -> String {
        "/api/v1/clusters/\(link.cluster)/links/\(link.name)"
    }

    private static func text(_ milliseconds: Int) -> String {
        Date(timeIntervalSince1970: Double(milliseconds) / 1000)
            .formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}

extension HistoryFile {
    fileprivate var anyLink: Link { links[Int.random(in: links.indices)] }

    /// An instant of the year but its first day, so much before its end.
    fileprivate func anyInstant(beforeEnd rest: Int) -> Int {
        let first = span.lowerBound + 86_400_000
        return Int.random(in: first...max(first, span.upperBound - rest))
    }
}
