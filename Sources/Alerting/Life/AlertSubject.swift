package import ClusterLinks

/// What an alert is about: one kind of trouble of one link or one cluster.
package struct AlertSubject: Sendable, Hashable {
    package let kind: AlertKind
    package let cluster: ClusterID
    /// Nil for `cluster_unreachable`; the name that is missed for `link_missing`.
    package var link: LinkIdentity?
    /// The latest; nil for `cluster_unreachable`.
    package var linkName: LinkName?

    package init(kind: AlertKind, cluster: ClusterID, link: LinkIdentity?, linkName: LinkName?) {
        self.kind = kind
        self.cluster = cluster
        self.link = link
        self.linkName = linkName
    }

    /// 16 hexadecimal digits that are the same for every occurrence, on every machine and after every restart.
    ///
    /// The link's name is no part of it where the link has an id, so that a renamed link is the same subject.
    package var fingerprint: String {
        let identity =
            switch link {
            case .id(let id)?: "id\u{0}\(id.rawValue)"
            case .name(let name)?: "name\u{0}\(name.rawValue)"
            case nil: ""
            }
        return Self.digits(of: "\(kind.rawValue)\u{0}\(cluster.rawValue)\u{0}\(identity)")
    }

    /// The first eight bytes of a text's SHA-256.
    static func digits(of text: String) -> String {
        let alphabet = Array("0123456789abcdef".utf8)
        let bytes = ContentDigest(of: text.utf8).bytes.prefix(8)
        return String(decoding: bytes.flatMap { [alphabet[Int($0 >> 4)], alphabet[Int($0 & 15)]] }, as: UTF8.self)
    }
}
