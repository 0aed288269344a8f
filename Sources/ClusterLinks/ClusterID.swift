/// The id of a Kafka cluster: `lkc-…` on Confluent Cloud, 22 base64url characters elsewhere.
package struct ClusterID: Sendable, Hashable, Comparable, CustomStringConvertible {
    package let rawValue: String

    package init(_ rawValue: String) { self.rawValue = rawValue }

    package var description: String { rawValue }

    package static func < (left: ClusterID, right: ClusterID) -> Bool {
        left.rawValue.utf8.lexicographicallyPrecedes(right.rawValue.utf8)
    }
}
