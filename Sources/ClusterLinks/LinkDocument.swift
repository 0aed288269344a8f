package import ExactJSON

/// A link's content as it is stored, canonical JSON, read member by member without being parsed.
///
/// Thousands of them are told in one answer of the past, most of whose members are copied as they stand.
package struct LinkDocument: Sendable {
    package let bytes: [UInt8]
    /// In order of their names' bytes; none where the bytes are no object.
    package let members: [JSONMembers.Member]

    /// Takes canonical bytes: those of a stored document.
    package init(canonical bytes: [UInt8]) {
        self.bytes = bytes
        members = JSONMembers(of: bytes)?.members ?? []
    }

    /// Without members, as of a link that is not there.
    static let nothing = LinkDocument(canonical: [])

    package init(_ content: LinkContent) { self.init(canonical: content.encoded) }

    /// The whole content, parsed now.
    package var content: LinkContent { LinkContent(canonical: fields, encoded: bytes) }

    package var fields: JSONObject { (try? JSONValue(parsing: bytes))?.object ?? [:] }

    /// A member's value as it is written; nil where there is none of that name.
    package func written(_ name: String) -> ArraySlice<UInt8>? {
        members.first { bytes[$0.name].elementsEqual(name.utf8) }.map { bytes[$0.value] }
    }

    /// A member that is a string; nil for any other and for an empty one.
    package func text(_ name: String) -> String? {
        guard let written = written(name), written.first == UInt8(ascii: "\""), written.count > 2 else { return nil }
        let inside = written.dropFirst().dropLast()
        guard inside.contains(UInt8(ascii: "\\")) else { return String(decoding: inside, as: UTF8.self) }
        return (try? JSONValue(parsing: Array(written)))?.string
    }

    /// A member's name without the escapes that it is written with.
    func name(of member: JSONMembers.Member) -> String {
        let written = bytes[member.name]
        guard written.contains(UInt8(ascii: "\\")) else { return String(decoding: written, as: UTF8.self) }
        return (try? JSONValue(parsing: "\"\(String(decoding: written, as: UTF8.self))\""))?.string ?? ""
    }

    /// A member's value, parsed now.
    func value(of member: JSONMembers.Member) -> JSONValue? { try? JSONValue(parsing: Array(bytes[member.value])) }

    package var name: LinkName? { text("link_name").flatMap { LinkName($0) } }

    package var errorMessage: String? { text("link_error_message") }

    package var clusterLinkID: ClusterLinkID? { text("cluster_link_id").flatMap { ClusterLinkID($0) } }
}
