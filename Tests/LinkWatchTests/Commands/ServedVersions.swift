import ExactJSON
import Locking

/// Remembers every version of a link that was ever served.
final class ServedVersions: Sendable {
    /// What makes a version the same one after a crash; when it ended may have become known since.
    struct Version: Hashable, Sendable {
        let cluster: String
        let link: String
        let incarnation: String
        let validFrom: String
        let error: String
        let message: String
        let topics: [String]
    }

    private let versions = Locked<Set<Version>>([])

    var all: Set<Version> { versions.withLock(\.self) }

    /// Takes rows of a link's history.
    func add(history rows: [JSONValue], of link: String, on cluster: String) {
        versions.withLock { versions in
            for row in rows { versions.insert(Self.version(row["link"], row["valid_from"], link, cluster)) }
        }
    }

    /// Takes rows of the list of links, each of which is a version that goes on.
    func add(links rows: [JSONValue]) {
        versions.withLock { versions in
            for row in rows {
                let name = row["link_name"].string ?? ""
                let cluster = row["cluster_id"].string ?? ""
                versions.insert(Self.version(row, row["last_changed_at"], name, cluster))
            }
        }
    }

    private static func version(
        _ document: JSONValue,
        _ validFrom: JSONValue,
        _ link: String,
        _ cluster: String
    ) -> Version {
        Version(
            cluster: cluster,
            link: link,
            incarnation: document["cluster_link_id"].string ?? "",
            validFrom: validFrom.string ?? "",
            error: document["link_error"].string ?? "",
            message: document["link_error_message"].string ?? "",
            topics: document["topic_names"].texts.sorted()
        )
    }
}
