import ClusterLinks
import ExactJSON
import Inventory

/// How a version of a link is written.
enum VersionJSON {
    static func write(_ version: VersionRow, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "{"))
        bytes.appendMember("cluster_link_id", string: version.clusterLinkID)
        bytes.appendMember("valid_from", instant: version.validFrom)
        bytes.appendMember("valid_to", instant: version.validTo)
        bytes.appendMember("changed", written: version.changed.json)
        bytes.appendName("link")
        version.document.json.write(into: &bytes)
        bytes.append(UInt8(ascii: "}"))
    }
}
