/// A link as one cluster listed it at one instant.
package struct ListedLink: Sendable {
    package let cluster: ClusterID
    package let identity: LinkIdentity
    package let name: LinkName
    package let document: LinkDocument

    package init(cluster: ClusterID, identity: LinkIdentity, name: LinkName, document: LinkDocument) {
        self.cluster = cluster
        self.identity = identity
        self.name = name
        self.document = document
    }
}
