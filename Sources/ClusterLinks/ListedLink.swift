/// A link as one cluster listed it at one instant.
package struct ListedLink: Sendable, Hashable {
    package let cluster: ClusterID
    package let identity: LinkIdentity
    package let name: LinkName
    package let content: LinkContent

    package init(cluster: ClusterID, identity: LinkIdentity, name: LinkName, content: LinkContent) {
        self.cluster = cluster
        self.identity = identity
        self.name = name
        self.content = content
    }
}
