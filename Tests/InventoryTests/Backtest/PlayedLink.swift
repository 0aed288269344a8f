import ClusterLinks
import ExactJSON

/// What a link of a played history shows.
struct PlayedLink {
    /// The link "dr" is one link with sides on all clusters, or two of them.
    static let slots = ["dr", "orders", "stock"]

    private let slot: String
    private let cluster: ClusterID
    private var lives = 1
    private var names = 1
    private(set) var id: String?
    var error: String?
    var state: String?
    var failsTask = false

    /// - Parameter hasID: false for a server that sends none, at first.
    init(_ slot: String, on cluster: ClusterID, hasID: Bool) {
        (self.slot, self.cluster) = (slot, cluster)
        if hasID || slot == "dr" { takeID() }
    }

    private var name: String { names == 1 ? slot : "\(slot)-\(names)" }

    var identity: LinkIdentity? {
        id.flatMap { ClusterLinkID($0) }.map(LinkIdentity.id) ?? LinkName(name).map(LinkIdentity.name)
    }

    var item: JSONObject {
        var fields = InventoryTests.item(name, id: id, error: error)
        fields["source_cluster_id"] = .string("lkc-\(slot == "stock" ? 3 : 1)")
        if let state { fields["link_state"] = .string(state) }
        return fields
    }

    var tasks: TaskReading {
        let errors: JSONValue = failsTask ? [["error_code": "AUTHORIZATION_ERROR"]] : []
        return TaskReading([["task_name": "AclSync", "state": "ACTIVE", "errors": errors]])
    }

    var well: PlayedLink {
        var link = self
        (link.error, link.state, link.failsTask) = (nil, nil, false)
        return link
    }

    mutating func takeID() {
        if id == nil { id = slot == "dr" ? "shared" : "id-\(lives)-of-\(slot)-on-\(cluster)" }
    }

    mutating func rename() { if slot != "dr" { names += 1 } }

    /// Another link under the same name.
    mutating func recreate() {
        guard slot != "dr", id != nil else { return }
        lives += 1
        id = nil
        takeID()
    }
}
