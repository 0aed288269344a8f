import ClusterLinks
import ExactJSON
import GRDB

/// Stored documents as far as alerts look at them; those that were read lately are kept.
///
/// Most of a document is topics. Without them ten thousand links take little memory, and a change that is none to any
/// alert is found by comparing what is left.
final class AlertContents {
    /// Two generations: what was not asked for while the younger one filled up goes with the older one.
    private var young: [Int64: LinkContent] = [:]
    private var old: [Int64: LinkContent] = [:]
    private let capacity: Int
    private let statement: KeptStatement

    /// - Parameter capacity: how many documents a generation has.
    init(_ db: Database, capacity: Int = 16_384) throws {
        self.capacity = capacity
        statement = try KeptStatement(db, sql: "SELECT body FROM documents WHERE document_key = ?")
    }

    /// - Throws: `DatabaseError`, also where there is no such document.
    func content(_ key: Int64) throws -> LinkContent {
        if let known = young[key] { return known }
        let content = try old.removeValue(forKey: key) ?? read(key)
        if young.count >= capacity { (old, young) = (young, [:]) }
        young[key] = content
        return content
    }

    private func read(_ key: Int64) throws -> LinkContent {
        var body: [UInt8]?
        try statement.forEach(key) { body = $0.bytes(0) }
        guard let body else { throw DatabaseError(message: "document \(key) is referred to and not there") }
        return LinkContent(forAlertsIn: LinkDocument(canonical: body))
    }
}

extension LinkContent {
    /// In order of the alphabet, as in the document.
    private static let fieldsOfAlerts = [
        "cluster_link_id", "destination_cluster_id", "link_error", "link_error_message", "link_name", "link_state",
        "remote_cluster_id", "source_cluster_id", "tasks",
    ]

    fileprivate init(forAlertsIn document: LinkDocument) {
        var fields = JSONObject()
        for name in Self.fieldsOfAlerts {
            guard let written = document.written(name), let value = try? JSONValue(parsing: Array(written)) else {
                continue
            }
            fields[name] = value
        }
        self.init(canonical: fields)
    }

    var hasFailingTasks: Bool { tasks.contains(where: \.isFailing) }
}

extension TrackedLink {
    /// A link as a stored document shows it; nil for one that no list could have given.
    init?(shownBy content: LinkContent, since instant: Instant) {
        guard let name = content.name else { return nil }
        self.init(
            identity: content.clusterLinkID.map(LinkIdentity.id) ?? .name(name),
            name: name,
            content: content,
            hasTaskReading: true,
            firstObservedAt: instant,
            versionSince: instant,
            episode: nil
        )
    }
}
