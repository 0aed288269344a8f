import ClusterLinks
import ExactJSON
import Inventory

/// What the upstream said of a link, written once in the form in which answers tell it, and copied into each of them.
final class DocumentJSON: Sendable {
    /// From the brace on: Confluent's fields in order of the alphabet, an absent one null but for the two that are arrays.
    private let known: [UInt8]
    /// Where `known` has the null that stands for `metadata`.
    private let metadata: Range<Int>?
    /// The link's name as a segment of a path.
    private let segment: [UInt8]
    /// What linkwatch does not know, verbatim, each with a comma before it.
    private let unknown: [UInt8]
    /// The same where none of our fields stands beside it, so that fewer names are taken; nil where that is no difference.
    private let unknownAlone: [UInt8]?

    init(_ document: LinkDocument) {
        var writing = Writing(document)
        writing.writeKnown()
        known = writing.bytes
        metadata = writing.metadata
        segment = Array(PathSegment.encoded(document.name?.rawValue ?? "").utf8)
        unknown = writing.unknown(besides: LinkJSON.ownFields)
        let alone = writing.unknown(besides: [])
        unknownAlone = alone == unknown ? nil : alone
    }

    /// Writes the fields up to where ours follow.
    /// - Parameter path: what precedes the link's name in the path that its `metadata` names.
    func writeKnown(path: [UInt8], into bytes: inout [UInt8]) {
        guard let metadata else { return bytes.append(contentsOf: known) }
        bytes.append(contentsOf: known[..<metadata.lowerBound])
        bytes.append(contentsOf: #"{"self":""#.utf8)
        bytes.append(contentsOf: path)
        bytes.append(contentsOf: segment)
        bytes.append(contentsOf: #""}"#.utf8)
        bytes.append(contentsOf: known[metadata.upperBound...])
    }

    /// Writes what follows ours, up to the end of the object.
    func writeUnknown(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: unknown)
        bytes.append(UInt8(ascii: "}"))
    }

    /// Writes the document alone: a whole object.
    func write(into bytes: inout [UInt8]) {
        bytes.append(contentsOf: known)
        bytes.append(contentsOf: unknownAlone ?? unknown)
        bytes.append(UInt8(ascii: "}"))
    }
}

extension StoredDocument {
    var json: DocumentJSON { presentation { DocumentJSON($0) } }
}

/// The making of a `DocumentJSON`.
private struct Writing {
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
    private static let names = Set(fields.map { "\($0.name)" })

    private let document: LinkDocument
    private(set) var bytes: [UInt8] = [UInt8(ascii: "{")]
    private(set) var metadata: Range<Int>?
    /// The members that are none of Confluent's fields, and those that should be an array and are none.
    private var others: [JSONMembers.Member] = []

    init(_ document: LinkDocument) { self.document = document }

    mutating func writeKnown() {
        bytes.reserveCapacity(document.bytes.count + 256)
        var rest = document.members[...]
        for field in Self.fields {
            while let member = rest.first, document.bytes[member.name].lexicographicallyPrecedes(field.bytes) {
                others.append(member)
                rest.removeFirst()
            }
            bytes.appendName(field.name)
            if let member = rest.first, document.bytes[member.name].elementsEqual(field.bytes) {
                rest.removeFirst()
                if !field.isArray || document.bytes[member.value.lowerBound] == UInt8(ascii: "[") {
                    bytes.append(contentsOf: document.bytes[member.value])
                    continue
                }
                others.append(member)
            }
            let start = bytes.count
            bytes.append(contentsOf: (field.isArray ? "[]" : "null").utf8)
            if field.bytes.elementsEqual("metadata".utf8) { metadata = start..<bytes.count }
        }
        others += rest
    }

    /// The other members, each under a name that nothing in the object has yet.
    func unknown(besides own: Set<String>) -> [UInt8] {
        var bytes: [UInt8] = []
        var taken = own.union(Self.names)
        for member in others {
            var name = String(decoding: document.bytes[member.name], as: UTF8.self)
            // Nothing keeps the upstream from having a field of that name too.
            while !taken.insert(name).inserted { name = "upstream_" + name }
            bytes.append(contentsOf: ",\"".utf8)
            bytes.append(contentsOf: name.utf8)
            bytes.append(contentsOf: "\":".utf8)
            bytes.append(contentsOf: document.bytes[member.value])
        }
        return bytes
    }
}
