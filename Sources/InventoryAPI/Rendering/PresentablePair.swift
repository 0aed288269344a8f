import ClusterLinks
import ExactJSON
import Inventory

/// The two sides of one link with everything an answer says of them.
struct PresentablePair {
    let source: PresentableLink
    let destination: PresentableLink
    let rule: LinkPair.Rule
    let agreement: LinkAgreement

    init(_ pair: LinkPair, in fleet: PairedFleet) {
        source = fleet.links[pair.source]
        destination = fleet.links[pair.destination]
        rule = pair.rule
        agreement = LinkAgreement(source: source.report, destination: destination.report)
    }

    /// - Parameter sides: the JSON of the two links.
    func encoded(sides: (source: [UInt8], destination: [UInt8])) -> [UInt8] {
        var bytes = head.encoded
        bytes.removeLast()
        bytes.append(contentsOf: #","sides":["#.utf8)
        bytes.append(contentsOf: sides.source)
        bytes.append(UInt8(ascii: ","))
        bytes.append(contentsOf: sides.destination)
        bytes.append(contentsOf: "]}".utf8)
        return bytes
    }

    private var head: JSONObject {
        let id = source.clusterLinkID == destination.clusterLinkID ? source.clusterLinkID : nil
        return [
            "link_name": .string(source.name.rawValue),
            "cluster_link_id": .optional(id?.rawValue),
            "joined_by": .string(rule.rawValue),
            "agree": .bool(agreement.isComplete),
            "differences": .object(
                JSONObject(agreement.differences.map { ($0.field.rawValue, .object(values(of: $0))) })
            ),
            "errors_reported_by": .array(agreement.errorsReportedBy.map { .string($0.rawValue) }),
        ]
    }

    private func values(of difference: LinkAgreement.Difference) -> JSONObject {
        JSONObject([
            (source.cluster.id.rawValue, .optional(difference.source)),
            (destination.cluster.id.rawValue, .optional(difference.destination)),
        ])
    }
}

extension PresentableLink {
    fileprivate var report: LinkAgreement.Report {
        LinkAgreement.Report(of: content, on: cluster.id, health: health, lastKnownHealth: lastKnownHealth)
    }
}
