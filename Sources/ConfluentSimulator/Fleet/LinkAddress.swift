/// Where one link object is asked for: a cluster and a name on it.
package struct LinkAddress: Sendable, Hashable, CustomStringConvertible {
    package var clusterID: String
    package var linkName: String

    package init(_ clusterID: String, _ linkName: String) {
        self.clusterID = clusterID
        self.linkName = linkName
    }

    package var description: String { "\(clusterID)/\(linkName)" }
}
