import ClusterLinks
import ExactJSON
import Inventory

/// How a link is written in `/api/v1`.
enum LinkJSON {
    /// Confluent's fields of a link; an absent one is null, but for the two that are arrays.
    static let upstreamFields = fields.map { "\($0.name)" }

    /// The fields that are ours, also those that only some links have.
    static let ownFields: Set = [
        "cluster_id", "cluster_name", "labels", "health", "last_known_health", "direction", "first_observed_at",
        "last_changed_at", "stale", "counterpart", "configured", "deleted_at", "observed_at", "age_seconds",
    ]

    /// Confluent's field as it is written and as it is compared, and what stands for it where there is none.
    private struct Field {
        let name: StaticString
        let bytes: [UInt8]
        let isArray: Bool

        init(_ name: StaticString, isArray: Bool = false) {
            self.name = name
            bytes = name.withUTF8Buffer { Array($0) }
            self.isArray = isArray
        }
    }

    /// In order of the alphabet, as the members of a document are.
    private static let fields = [
        Field("cluster_link_id"), Field("destination_cluster_id"), Field("kind"), Field("link_error"),
        Field("link_error_message"), Field("link_id"), Field("link_name"), Field("link_state"), Field("metadata"),
        Field("remote_cluster_id"), Field("source_cluster_id"), Field("tasks", isArray: true),
        Field("topic_names", isArray: true),
    ]

    /// The whole link: the upstream's fields, ours, then the unknown ones; one of those that has a name of ours is told as
    /// `upstream_NAME`.
    /// - Parameter more: appends further members of ours.
    static func bytes(of link: PresentableLink, more: (inout [UInt8]) -> Void = { _ in }) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(link.document.bytes.count + 768)
        bytes.append(UInt8(ascii: "{"))
        let unknown = writeKnown(link.document, metadata: path(of: link), into: &bytes)
        writeOwn(link, into: &bytes)
        more(&bytes)
        write(unknown, of: link.document, besides: ownFields, into: &bytes)
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    /// A document of the past: the upstream's fields, known and unknown.
    static func write(_ document: LinkDocument, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        let unknown = writeKnown(document, metadata: nil, into: &bytes)
        write(unknown, of: document, besides: [], into: &bytes)
        bytes.append(UInt8(ascii: "}"))
    }

    /// Appends Confluent's fields; an absent one is null, but for the two that are arrays.
    /// - Returns: the members that are none of them, and those that should be an array and are none.
    private static func writeKnown(
        _ document: LinkDocument,
        metadata: String?,
        into bytes: inout [UInt8]
    ) -> [JSONMembers.Member] {
        var unknown: [JSONMembers.Member] = []
        var rest = document.members[...]
        for field in fields {
            while let member = rest.first, document.bytes[member.name].lexicographicallyPrecedes(field.bytes) {
                unknown.append(member)
                rest.removeFirst()
            }
            bytes.appendName(field.name)
            if let member = rest.first, document.bytes[member.name].elementsEqual(field.bytes) {
                rest.removeFirst()
                if !field.isArray || document.bytes[member.value.lowerBound] == UInt8(ascii: "[") {
                    bytes.append(contentsOf: document.bytes[member.value])
                    continue
                }
                unknown.append(member)
            }
            if field.isArray {
                bytes.append(contentsOf: "[]".utf8)
            } else if let metadata, field.bytes.elementsEqual("metadata".utf8) {
                bytes.append(contentsOf: #"{"self":"#.utf8)
                bytes.appendJSON(string: metadata)
                bytes.append(UInt8(ascii: "}"))
            } else {
                bytes.append(contentsOf: "null".utf8)
            }
        }
        return unknown + rest
    }

    /// Appends what linkwatch does not know, verbatim, under a name that nothing in the object has yet.
    private static func write(
        _ unknown: [JSONMembers.Member],
        of document: LinkDocument,
        besides own: Set<String>,
        into bytes: inout [UInt8]
    ) {
        guard !unknown.isEmpty else { return }
        var taken = own.union(upstreamFields)
        for member in unknown {
            let written = document.bytes[member.name]
            let verbatim = String(decoding: written, as: UTF8.self)
            var name = verbatim
            // Nothing keeps the upstream from having a field of that name too.
            while !taken.insert(name).inserted { name = "upstream_" + name }
            bytes.append(contentsOf: ",\"".utf8)
            bytes.append(contentsOf: name.utf8)
            bytes.append(contentsOf: "\":".utf8)
            bytes.append(contentsOf: document.bytes[member.value])
        }
    }

    private static func writeOwn(_ link: PresentableLink, into bytes: inout [UInt8]) {
        bytes.appendMember("cluster_id", string: link.cluster.id.rawValue)
        bytes.appendMember("cluster_name", string: link.cluster.description.name)
        bytes.appendMember("labels", .object(labels(link.cluster.description.labels)))
        bytes.appendMember("health", string: link.health.rawValue)
        bytes.appendMember("last_known_health", string: link.lastKnownHealth.rawValue)
        bytes.appendMember("direction", string: link.direction.rawValue)
        bytes.appendMember("first_observed_at", instant: link.firstObservedAt)
        bytes.appendMember("last_changed_at", instant: link.lastChangedAt)
        bytes.appendMember("stale", written: (link.cluster.isStale ? "true" : "false").utf8)
        if link.counterpart != nil || !link.isPast {
            bytes.appendMember("counterpart", link.counterpart.map { .object($0.json) } ?? .null)
        }
        if !link.cluster.isConfigured { bytes.appendMember("configured", written: "false".utf8) }
        if let deletedAt = link.deletedAt { bytes.appendMember("deleted_at", instant: deletedAt) }
    }

    static func labels(_ labels: [String: String]) -> JSONObject {
        var json = JSONObject()
        for (name, value) in labels.sorted(by: { $0.key < $1.key }) { json[name] = .string(value) }
        return json
    }

    /// Where the link is found in Confluent's shape, relative to the service.
    static func path(of link: PresentableLink) -> String {
        path(cluster: link.cluster.id.rawValue, link: link.name.rawValue)
    }

    static func path(cluster: String, link: String? = nil) -> String {
        let list = "/kafka/v3/clusters/\(PathSegment.encoded(cluster))/links"
        return link.map { list + "/" + PathSegment.encoded($0) } ?? list
    }
}
