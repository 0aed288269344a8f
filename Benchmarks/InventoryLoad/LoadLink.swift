import ExactJSON
import Foundation

/// One link of the fleet that is played, in the form in which a destination cluster lists it.
struct LoadLink {
    private let fields: JSONObject
    private let topics: [String]

    /// Draws a link with ids of the real length and 4 to 22 mirror topics: documents of about 500 to 900 bytes.
    init(number: Int, of cluster: String, using generator: inout SeededGenerator) {
        let bytes = withUnsafeBytes(of: (generator.next(), generator.next()), Array.init)
        let remote = "lkc-\(String(1_000_000 + generator.below(1_000_000), radix: 36))"
        let name = "\(generator.pick(Self.subjects))-\(number)"
        topics = (0..<(4 + generator.below(19))).map { "\(generator.pick(Self.subjects)).\(name).v\($0)" }
        fields = [
            "kind": "KafkaLinkData",
            "metadata": [
                "self": .string("https://pkc-\(remote).example.org/kafka/v3/clusters/\(cluster)/links/\(name)")
            ],
            "source_cluster_id": .string(remote),
            "destination_cluster_id": .null,
            "remote_cluster_id": .string(remote),
            "link_name": .string(name),
            "link_id": .string(Self.uuid(bytes)),
            "cluster_link_id": .string(Self.base64URL(bytes)),
        ]
    }

    private static let subjects = ["orders", "payments", "inventory", "shipments", "customers", "audit", "clickstream"]

    /// As a list shows it in a condition.
    func item(_ condition: LinkCondition) -> JSONValue {
        var item = fields
        let topics = topics + condition.addedTopics
        item["topic_names"] = .array(topics.map(JSONValue.string))
        item["link_error"] = .string(condition.trouble?.code ?? "NO_ERROR")
        item["link_error_message"] = .string(condition.trouble?.message ?? "")
        item["link_state"] = .string(condition.trouble?.state ?? "ACTIVE")
        item["category_counts"] = [["state_category": "ACTIVE", "count": .int(topics.count)]]
        return .object(item)
    }

    private static func uuid(_ bytes: [UInt8]) -> String {
        let digits = bytes.map { String(format: "%02x", $0) }
        return [digits[0..<4], digits[4..<6], digits[6..<8], digits[8..<10], digits[10..<16]]
            .map { $0.joined() }.joined(separator: "-")
    }

    /// Confluent's own form of the same sixteen bytes: base64url (RFC 4648 §5) without padding.
    private static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }
}
