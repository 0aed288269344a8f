/// The id of a Kafka cluster: `lkc-…` on Confluent Cloud, 22 base64url characters elsewhere.
package struct ClusterID: TextIdentifier {
    package let rawValue: String

    package init(_ rawValue: String) { self.rawValue = rawValue }
}
