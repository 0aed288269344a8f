extension SimulatedLink {
    /// The item `KafkaLinkData` as a server of that dialect renders it, in a list and in a single GET alike.
    ///
    /// Which of the three cluster ids are set tells the direction: a destination names its source, a source its
    /// destination, and a bidirectional link only the remote one.
    /// Its `self` lies below `links`, the absolute address of the cluster's list; only the single GET offers the tasks.
    func wire(links: String, dialect: SimulatedCluster.Dialect, includeTasks: Bool = false) -> WireValue {
        var item: WireValue = ["kind": "KafkaLinkData", "metadata": metadata(links: links, dialect: dialect)]
        for (name, id) in clusterIDs(dialect: dialect) where id != nil || dialect == .cloud {
            item.set(name, to: .text(id))
        }
        item.set("link_name", to: .string(name))
        item.set("link_id", to: .string(id.linkID))
        item.set("cluster_link_id", to: .string(id.clusterLinkID))
        item.set(
            "topic_names",
            to: topics.isEmpty && dialect == .older ? .null : .array(topics.map(WireValue.string))
        )
        renderHealth(into: &item, dialect: dialect)
        if dialect != .older, role != .source {
            item.set("category_counts", to: categoryCounts)
        }
        if includeTasks {
            item.set("tasks", to: .array(tasks.map(\.wire)))
        } else if dialect == .server {
            item.set("tasks", to: .null)
        }
        for (name, override) in overrides.sorted(by: { $0.key < $1.key }) {
            switch override {
            case .value(let value): item.set(name, to: value)
            case .absent: item.set(name, to: nil)
            }
        }
        return item
    }

    private func metadata(links: String, dialect: SimulatedCluster.Dialect) -> WireValue {
        var metadata: WireValue = ["self": .string("\(links)/\(PercentEncoding.segment(name))")]
        if dialect == .server { metadata.set("resource_name", to: .null) }
        return metadata
    }

    private func clusterIDs(dialect: SimulatedCluster.Dialect) -> [(name: String, id: String?)] {
        [
            ("source_cluster_id", role == .destination ? remoteClusterID : nil),
            ("destination_cluster_id", role == .source ? remoteClusterID : nil),
            ("remote_cluster_id", dialect == .older && role != .bidirectional ? nil : remoteClusterID),
        ]
    }

    private func renderHealth(into item: inout WireValue, dialect: SimulatedCluster.Dialect) {
        if let error {
            item.set("link_error", to: .string(error))
            item.set("link_error_message", to: .text(errorMessage))
        } else if dialect != .older {
            if dialect == .cloud { item.set("link_error", to: "NO_ERROR") }
            item.set("link_error_message", to: "")
        }
        if dialect != .older || state != "ACTIVE" {
            item.set("link_state", to: .string(state))
        }
    }

    /// How many mirror topics are in each category; the order differs from link to link, as it does in reality.
    private var categoryCounts: WireValue {
        var counts = ["ACTIVE": 0, "PAUSED": 0, "IN_ERROR": 0, "PENDING": 0]
        for topic in mirrorTopics { counts[topic.category, default: 0] += 1 }
        var generator = SeededGenerator(seed: id.seed)
        return .array(
            generator.shuffle(counts.sorted { $0.key < $1.key }).map {
                ["state_category": .string($0.key), "count": .integer($0.value)]
            }
        )
    }
}

extension SimulatedTask {
    var wire: WireValue {
        [
            "task_name": .string(name), "state": .string(state),
            "errors": .array(
                errors.map { ["error_code": .string($0.code), "error_message": .string($0.message)] }
            ),
        ]
    }
}

extension SimulatedCluster.Ghost {
    /// An item with an empty name; some servers give it nothing else but the state.
    var wire: WireValue {
        guard let id else { return ["link_name": "", "link_state": "UNMANAGED_SOURCE"] }
        return [
            "kind": "KafkaLinkData", "link_name": "", "link_id": .string(id.linkID),
            "cluster_link_id": .string(id.clusterLinkID), "topic_names": [], "link_state": "UNMANAGED_SOURCE",
        ]
    }
}
