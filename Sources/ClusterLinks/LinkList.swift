package import ExactJSON

/// The links and ghosts that one successful poll returned (truth rules 1, 4 and 5).
package struct LinkList: Sendable, Hashable {
    package struct Item: Sendable, Hashable {
        package let identity: LinkIdentity
        package let name: LinkName
        package let content: LinkContent
    }

    /// Ordered by name, then id.
    package let links: [Item]
    /// Records without a name, verbatim: counted and shown, but no links.
    package let ghosts: [JSONObject]
    /// Those of the ghosts that have an id and say no name at all, not even an empty one: a link known by such an id is
    /// still listed, as its name is an attribute, and the record is no ghost.
    let unnamed: [ClusterLinkID: JSONObject]

    /// A cluster without links.
    package static let empty = LinkList()

    private init() {
        links = []
        ghosts = []
        unnamed = [:]
    }

    /// Reads the pages of one list, most often one.
    /// - Throws: `MalformedList` where the whole poll has to fail.
    package init(pages: [JSONValue]) throws(MalformedList) {
        var items: [JSONValue] = []
        for page in pages { items += try Self.items(of: page) }
        try self.init(items: items)
    }

    /// Only an object with an array `data` is a list, and `[]` the only empty one.
    private static func items(of page: JSONValue) throws(MalformedList) -> [JSONValue] {
        guard let object = page.object else { throw .notAnObject }
        guard let data = object["data"]?.array else { throw .dataNotAnArray }
        return data
    }

    private init(items: [JSONValue]) throws(MalformedList) {
        var seen: [LinkIdentity: LinkContent] = [:]
        var links: [Item] = []
        var ghosts: [JSONObject] = []
        var unnamed: [ClusterLinkID: JSONObject] = [:]
        for (index, item) in items.enumerated() {
            guard let object = item.object else { throw .itemNotAnObject(index: index) }
            let content = LinkContent(item: object).withDerivedID
            let identity = content.clusterLinkID.map(LinkIdentity.id) ?? content.name.map(LinkIdentity.name)
            if let identity {
                if let twin = seen[identity] {
                    guard twin == content else { throw .contradiction(id: identity.description) }
                    continue
                }
                seen[identity] = content
            }
            if let identity, let name = content.name {
                links.append(Item(identity: identity, name: name, content: content))
            } else if let id = content.clusterLinkID, object["link_name"] != "" {
                unnamed[id] = object
                ghosts.append(object)
            } else if identity != nil || object["link_name"] == "" || content.fields["link_id"] != nil {
                ghosts.append(object)
            } else {
                throw .itemWithoutIdentity(index: index)
            }
        }
        self.links = links.sorted { ($0.name, $0.identity.description) < ($1.name, $1.identity.description) }
        self.ghosts = ghosts
        self.unnamed = unnamed
    }

    /// What tells two snapshots apart: the set of the links' contents, without ghosts and tasks.
    package var digest: ContentDigest {
        ContentDigest(of: links.map(\.content.digest.bytes).sorted { $0.lexicographicallyPrecedes($1) }.joined())
    }

    package var errorCount: Int { links.count { Health(lastKnownOf: $0.content) == .error } }
}
