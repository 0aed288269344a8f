@testable import Inventory

/// One rule broken on purpose, and what is then to be said of the file.
struct Breakage: Sendable, CustomStringConvertible {
    let kind: Finding.Kind
    /// A part of what is said.
    let message: String
    let sql: String

    init(_ kind: Finding.Kind, _ message: String, _ sql: String) {
        (self.kind, self.message, self.sql) = (kind, message, sql)
    }

    var description: String { "\(kind.rawValue): \(message)" }

    static let all = structure + versions + changes + feed + episodes + clusters

    private static let structure = [
        Breakage(
            .newerSchema,
            #"written by a newer linkwatch ("3 what is to come")"#,
            "INSERT INTO grdb_migrations VALUES ('3 what is to come')"
        ),
        Breakage(
            .reference,
            "a row of versions refers to one of documents that is not there",
            "DELETE FROM documents WHERE document_key = (SELECT document_key FROM versions WHERE document_key > 1 LIMIT 1)"
        ),
        Breakage(
            .reference,
            "refers to one of links that is not there",
            "DELETE FROM links WHERE link_key = 1"
        ),
        Breakage(
            .document,
            "document 2 has the digest",
            "UPDATE documents SET digest = digest + 1 WHERE document_key = 2"
        ),
        Breakage(
            .document,
            "document 2 is kept as",
            "UPDATE documents SET health = (health + 1) % 3 WHERE document_key = 2"
        ),
        Breakage(
            .document,
            "document 2 is not in canonical form",
            "UPDATE documents SET body = replace(body, ':', ': ') WHERE document_key = 2"
        ),
        Breakage(.document, "document 2 is no JSON", "UPDATE documents SET body = '{' WHERE document_key = 2"),
        Breakage(
            .document,
            "are the same",
            "INSERT INTO documents (digest, health, body) SELECT digest, health, body FROM documents WHERE document_key = 2"
        ),
        Breakage(
            .link,
            "its row says deleted at",
            "UPDATE links SET deleted_at = first_observed_at + 1 WHERE link_key = \(listed)"
        ),
        Breakage(
            .link,
            "its row says listed, its versions deleted at",
            "UPDATE links SET deleted_at = NULL WHERE link_key = \(gone)"
        ),
        Breakage(
            .link,
            "after its first version from",
            "UPDATE links SET first_observed_at = first_observed_at + 1 WHERE link_key = \(listed)"
        ),
        Breakage(
            .link,
            "it has no versions",
            "INSERT INTO links (cluster_key, link_name, first_observed_at) VALUES (1, 'new', 1800000000000)"
        ),
    ]

    private static let versions = [
        Breakage(
            .version,
            "is the first that is known",
            "INSERT INTO versions (link_key, valid_from) SELECT link_key, min(valid_from) - 1 FROM versions WHERE link_key = \(listed)"
        ),
        Breakage(
            .version,
            "two absences follow each other",
            "INSERT INTO versions (link_key, valid_from) SELECT link_key, valid_from + 1 FROM versions WHERE document_key IS NULL LIMIT 1"
        ),
        Breakage(
            .version,
            "do not differ",
            """
            INSERT INTO versions SELECT link_key, valid_from + 1, document_key, field_list_key, NULL FROM versions
            WHERE document_key IS NOT NULL LIMIT 1
            """
        ),
        Breakage(
            .version,
            "has no list of changed fields",
            "UPDATE versions SET field_list_key = NULL WHERE (link_key, valid_from) = \(listedVersion)"
        ),
        Breakage(
            .version,
            "has a list of changed fields",
            "UPDATE versions SET field_list_key = 1 WHERE document_key IS NULL"
        ),
        Breakage(
            .version,
            "was completed at",
            "UPDATE versions SET completed_at = valid_from - 1 WHERE (link_key, valid_from) = \(listedVersion)"
        ),
        Breakage(
            .version,
            "after its end at",
            """
            UPDATE versions SET completed_at = valid_from + 100000000000 WHERE (link_key, valid_from) =
                (SELECT link_key, min(valid_from) FROM versions GROUP BY 1 HAVING count(*) > 1 LIMIT 1)
            """
        ),
    ]

    private static let changes = [
        Breakage(
            .change,
            "no change tells of the version from",
            "UPDATE changes SET at = at + 1 WHERE sequence = \(change("changed"))"
        ),
        Breakage(
            .change,
            "that is not there",
            "UPDATE changes SET at = at + 1 WHERE sequence = \(change("changed"))"
        ),
        Breakage(
            .change,
            "no change tells of the absence from",
            "UPDATE changes SET at = at + 1 WHERE sequence = \(change("deleted"))"
        ),
        Breakage(
            .change,
            "that is not there",
            "DELETE FROM versions WHERE (link_key, valid_from) = (SELECT link_key, at FROM changes WHERE sequence = \(change("changed")))"
        ),
        Breakage(
            .change,
            "is created where the versions say changed",
            "UPDATE changes SET kind = 1 WHERE sequence = \(change("changed"))"
        ),
        Breakage(
            .change,
            "is changed where the versions say deleted",
            "UPDATE changes SET kind = 0 WHERE sequence = \(change("deleted"))"
        ),
        Breakage(
            .change,
            "is of no known kind where the versions say created",
            "UPDATE changes SET kind = 9 WHERE sequence = \(change("created"))"
        ),
        Breakage(
            .change,
            "has another document before than the version before it",
            "UPDATE changes SET before_key = after_key WHERE sequence = \(change("changed"))"
        ),
        Breakage(
            .change,
            "changes nothing",
            "UPDATE changes SET before_key = after_key WHERE sequence = \(change("changed"))"
        ),
        Breakage(
            .change,
            "has another document after than its version",
            "UPDATE changes SET after_key = before_key WHERE sequence = \(change("changed"))"
        ),
        Breakage(
            .change,
            "has another document after than its version",
            "UPDATE changes SET after_key = before_key WHERE sequence = \(change("deleted"))"
        ),
        Breakage(
            .change,
            "names another cluster",
            """
            UPDATE changes SET cluster_key = (SELECT max(cluster_key) FROM clusters) WHERE sequence =
                (SELECT min(sequence) FROM changes WHERE kind = 1 AND cluster_key = 1)
            """
        ),
        Breakage(
            .change,
            "is changed and about no link",
            "UPDATE changes SET link_key = NULL WHERE sequence = \(change("changed"))"
        ),
        Breakage(
            .change,
            "is of a first list, but creates nothing",
            "UPDATE changes SET baseline = 1 WHERE sequence = \(change("changed"))"
        ),
    ]

    private static let feed = [
        Breakage(.feed, "the feed lacks 7: after 6 comes 8", "DELETE FROM changes WHERE sequence = 7"),
        Breakage(.feed, "the feed lacks 1 to 3: it begins with 4", "DELETE FROM changes WHERE sequence < 4"),
        Breakage(
            .changeHour,
            "are kept in mind, there are",
            "UPDATE change_hours SET first_sequence = first_sequence + 1"
        ),
        Breakage(
            .changeHour,
            "are kept in mind, there are",
            "UPDATE change_hours SET last_sequence = last_sequence + 1"
        ),
        Breakage(
            .changeHour,
            "nothing is kept of the hour from",
            "DELETE FROM change_hours WHERE hour = (SELECT min(hour) FROM change_hours)"
        ),
        Breakage(.changeHour, "has no changes", "INSERT INTO change_hours VALUES (1, 1, 1)"),
    ]

    private static let episodes = [
        Breakage(.episode, "of which no episode tells", "DELETE FROM error_episodes WHERE \(episode)"),
        Breakage(
            .episode,
            "begins where no version of",
            "UPDATE error_episodes SET started_at = started_at - 1 WHERE \(episode)"
        ),
        Breakage(
            .episode,
            "where its versions show that it lasts",
            "UPDATE error_episodes SET ended_at = started_at + 1, end_observation = first_observation + 1 WHERE ended_at IS NULL"
        ),
        Breakage(
            .episode,
            "where its versions show that it ended at",
            "UPDATE error_episodes SET ended_at = NULL, end_observation = NULL WHERE \(episode)"
        ),
        Breakage(
            .episode,
            "where its versions show that it ended at",
            "UPDATE error_episodes SET ended_at = ended_at + 1 WHERE \(episode)"
        ),
        Breakage(
            .episode,
            "is about other",
            "INSERT INTO texts VALUES (100000, 'other'); UPDATE error_episodes SET error_key = 100000, state_key = NULL WHERE \(episode)"
        ),
        Breakage(
            .episode,
            "is about no trouble",
            "UPDATE error_episodes SET error_key = 1, state_key = 1 WHERE \(episode)"
        ),
        Breakage(
            .episode,
            "lasts but has a last observation",
            "UPDATE error_episodes SET end_observation = 7 WHERE ended_at IS NULL"
        ),
        Breakage(
            .episode,
            "ended without having been observed",
            "UPDATE error_episodes SET end_observation = first_observation WHERE \(episode)"
        ),
        Breakage(
            .episode,
            "outside of its time",
            "UPDATE error_episodes SET last_observed_at = ended_at WHERE \(episode)"
        ),
        Breakage(
            .message,
            "lies in no episode",
            "INSERT INTO episode_messages SELECT link_key, min(valid_from) - 1, 1, NULL FROM versions WHERE link_key = \(listed)"
        ),
        Breakage(
            .message,
            "lies in no episode",
            "INSERT INTO episode_messages SELECT link_key, valid_from, 1, NULL FROM versions WHERE document_key IS NULL LIMIT 1"
        ),
    ]

    private static let clusters = [
        Breakage(
            .snapshot,
            "was last observed before",
            "UPDATE snapshots SET last_observed_at = first_observed_at - 1 WHERE last_observed_at IS NOT NULL"
        ),
        Breakage(
            .snapshot,
            "overlaps the one from",
            "UPDATE snapshots SET last_observed_at = 9000000000000 WHERE last_observed_at IS NOT NULL"
        ),
        Breakage(
            .snapshot,
            "which has not ended",
            "UPDATE snapshots SET last_observed_at = NULL, digest = zeroblob(32) WHERE last_observed_at IS NOT NULL"
        ),
        Breakage(.snapshot, "has a digest, but ended", "UPDATE snapshots SET digest = zeroblob(32)"),
        Breakage(.snapshot, "is the current one, but has no digest", "UPDATE snapshots SET digest = NULL"),
        Breakage(
            .snapshot,
            "and none follows",
            "UPDATE snapshots SET last_observed_at = first_observed_at, digest = NULL WHERE last_observed_at IS NULL"
        ),
        Breakage(.pollRun, "with a count of 0", "UPDATE poll_runs SET count = 0"),
        Breakage(.pollRun, "with a count of 1", "UPDATE poll_runs SET count = 1, last_at = first_at + 1"),
        Breakage(.pollRun, "ends at", "UPDATE poll_runs SET last_at = first_at - 1, count = 2"),
        Breakage(.pollRun, "overlaps the one from", "UPDATE poll_runs SET last_at = last_at + 100000000, count = 2"),
        Breakage(.pollRun, "counts 0 successes before it", "UPDATE poll_runs SET successes_before = 0"),
        Breakage(.configuration, "its row says", "UPDATE clusters SET configured = 1 - configured"),
        Breakage(
            .configuration,
            "ended before",
            "UPDATE configuration_spans SET valid_to = valid_from WHERE valid_to IS NOT NULL"
        ),
        Breakage(
            .configuration,
            "overlaps the one from",
            "UPDATE configuration_spans SET valid_to = NULL WHERE valid_to IS NOT NULL"
        ),
        Breakage(
            .configuration,
            "and no change tells of it",
            "UPDATE configuration_spans SET valid_to = valid_to - 1 WHERE valid_to IS NOT NULL"
        ),
        Breakage(
            .configuration,
            "its times do not",
            "UPDATE changes SET at = at + 1 WHERE kind = 3"
        ),
    ]

    private static let listed = "(SELECT min(link_key) FROM links WHERE deleted_at IS NULL)"
    private static let gone = "(SELECT min(link_key) FROM links WHERE deleted_at IS NOT NULL)"
    private static let listedVersion =
        "(SELECT link_key, max(valid_from) FROM versions WHERE link_key = \(listed) GROUP BY 1)"

    /// An episode that ended, so that nothing else of its link has to do with it.
    private static let episode =
        "(link_key, started_at) = (SELECT link_key, started_at FROM error_episodes WHERE ended_at IS NOT NULL LIMIT 1)"

    private static func change(_ kind: String) -> String {
        let number = ["changed": 0, "created": 1, "deleted": 2][kind] ?? -1
        return "(SELECT max(sequence) FROM changes WHERE kind = \(number))"
    }
}
