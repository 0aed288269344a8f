extension SimulatedCluster {
    /// The answer to a read; writes are not this value's and get 405.
    func read(_ request: UpstreamRequest) -> SimulatedAnswer {
        switch request.operation {
        case .listLinks:
            list(request)
        case .getLink(let name):
            readable(name).map { link in
                SimulatedAnswer(
                    json: link.wire(
                        links: request.links,
                        dialect: dialect,
                        includeTasks: request.flag("include_tasks")
                    )
                )
            } ?? .missingLink()
        case .listConfigs(let name):
            readable(name).map { configs(of: $0, request) } ?? .missingLink()
        case .listMirrors(let name?):
            readable(name).map { mirrors(of: [$0], request) } ?? .missingLink()
        case .listMirrors(nil):
            mirrors(of: links.filter(\.isReadable), request)
        case .createLink, .deleteLink:
            .failure(405, "HTTP 405 Method Not Allowed")
        }
    }

    private func readable(_ name: String) -> SimulatedLink? {
        index(of: name).map { links[$0] }.flatMap { $0.isReadable ? $0 : nil }
    }

    private func list(_ request: UpstreamRequest) -> SimulatedAnswer {
        let items =
            links.filter(\.isListed).map { $0.wire(links: request.links, dialect: dialect) } + ghosts.map(\.wire)
        return SimulatedAnswer(
            json: Self.list(
                kind: "KafkaLinkDataList",
                address: request.links,
                items: Array(items.dropFirst(ListPage.start(of: request)))
            )
        )
    }

    private func configs(of link: SimulatedLink, _ request: UpstreamRequest) -> SimulatedAnswer {
        let address = "\(request.links)/\(PercentEncoding.segment(link.name))/configs"
        let items = link.configs.sorted { $0.key < $1.key }.map { name, value in
            let isSensitive = ["sasl.jaas.config", "ssl.keystore.key", "ssl.key.password"].contains(name)
            let item: WireValue = [
                "kind": "KafkaLinkConfigData",
                "metadata": ["self": .string("\(address)/\(PercentEncoding.segment(name))")],
                "cluster_id": .string(id), "name": .string(name), "value": isSensitive ? nil : .string(value),
                "is_default": false, "is_read_only": false, "is_sensitive": .bool(isSensitive),
                "source": "DYNAMIC_CLUSTER_LINK_CONFIG", "synonyms": [.string(name)],
                "link_name": .string(link.name),
            ]
            return item
        }
        return SimulatedAnswer(json: Self.list(kind: "KafkaLinkConfigDataList", address: address, items: items))
    }

    private func mirrors(of links: [SimulatedLink], _ request: UpstreamRequest) -> SimulatedAnswer {
        let status = request.query["mirror_status"]?.uppercased()
        let topics = links.flatMap(\.mirrorTopics).filter { status == nil || $0.status == status }
        let segment = request.operation.linkName.map(PercentEncoding.segment) ?? "-"
        return SimulatedAnswer(
            json: Self.list(
                kind: "KafkaMirrorDataList",
                address: "\(request.links)/\(segment)/mirrors",
                items: topics.map { $0.wire(links: request.links) }
            )
        )
    }

    private static func list(kind: String, address: String, items: [WireValue]) -> WireValue {
        ["kind": .string(kind), "metadata": ["self": .string(address), "next": nil], "data": .array(items)]
    }
}
