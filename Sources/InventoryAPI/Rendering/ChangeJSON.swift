import ClusterLinks
import ExactJSON
import Inventory

/// How a change of the feed is written.
enum ChangeJSON {
    static func encoded(_ row: ChangeRow) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512 + (row.before?.link.bytes.count ?? 0) + (row.after?.link.bytes.count ?? 0))
        bytes.append(UInt8(ascii: "{"))
        bytes.appendMember("sequence", .int(row.sequence))
        bytes.appendMember("at", instant: row.at)
        bytes.appendMember("kind", string: row.kind.rawValue)
        bytes.appendMember("cluster_id", string: row.cluster.rawValue)
        bytes.appendMember("link_name", string: row.linkName?.rawValue)
        bytes.appendMember("cluster_link_id", string: row.clusterLinkID?.rawValue)
        bytes.appendMember("changed", written: row.changed.json)
        write("before", row.before, into: &bytes)
        write("after", row.after, into: &bytes)
        if row.isBaseline { bytes.appendMember("baseline", true) }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }

    private static func write(_ name: StaticString, _ document: StoredDocument?, into bytes: inout [UInt8]) {
        guard let document else { return bytes.appendMember(name, .null) }
        bytes.appendName(name)
        document.json.write(into: &bytes)
    }
}
