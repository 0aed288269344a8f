import GRDB

extension Verification {
    /// Looks at each link with its versions, changes, episodes and messages.
    mutating func verifyLinks(_ contents: StoredContents) throws {
        let total = try Int.fetchOne(db, sql: "SELECT count(*) FROM links") ?? 0
        var walk = try LinkWalk(db, contents: contents, kept: kept)
        while try walk.verifyNext(&findings) {
            report.counts.links += 1
            tell(.links(report.counts.links, of: total))
        }
        report.counts.versions = walk.versionCount
        report.counts.episodes = walk.episodeCount
        report.counts.messages = walk.messageCount
        report.counts.brokenOffEpisodes = walk.brokenOffCount
        report.counts.unreferredDocuments = walk.contents.unreferredCount
    }
}
