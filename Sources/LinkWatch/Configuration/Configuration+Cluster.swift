extension Configuration {
    /// One Kafka cluster that is polled.
    package struct Cluster: Sendable, Equatable {
        /// `lkc-…` on Confluent Cloud, 22 base64url characters elsewhere.
        package var id: String
        /// The id where no name is given.
        package var name: String
        /// With the path under which `/clusters` lies, `/kafka/v3` unless given.
        package var endpoint: WebAddress
        package var authentication = Authentication.none
        package var tls = TLS()
        /// Nil leaves it to the environment's proxies.
        package var proxy: WebAddress?
        /// On the cluster's metrics, links and alerts.
        package var labels: [String: String] = [:]
        /// Names of links that must be listed.
        package var expectedLinks: [String] = []
        /// Whether a link that is not expected is an alert.
        package var expectedLinksExhaustive = false
        /// The fleet's values with the cluster's own over them; its `concurrency` is the fleet's.
        package var poll = Poll()

        package init(id: String, name: String? = nil, endpoint: WebAddress) {
            self.id = id
            self.name = name ?? id
            self.endpoint = endpoint
        }
    }
}

extension Configuration.Cluster {
    /// Where Confluent serves Kafka REST v3 on its own clusters.
    private static let defaultPath = "/kafka/v3"

    /// Reads one item of `clusters`, with what the fleet says about polling where the cluster does not.
    init?(reading section: Section, poll fleet: PollSettings) {
        let id = section.required("id")?.parsed(Self.checkedID)
        let name = section["name"]?.word()
        let endpointSetting = section.required("endpoint")
        let endpoint = endpointSetting?.parsed(Self.endpoint)
        let access = Configuration.Access(reading: section, knowsIdentityPools: true)
        let labels = section["labels"]?.labels(check: LabelName.check) ?? [:]
        let expected = section["expected_links"]?.expectedLinks()
        let exhaustiveSetting = section["expected_links_exhaustive"]
        let exhaustive = exhaustiveSetting?.flag() ?? false
        let pollPath = section.path.key("poll")
        let poll = fleet.overridden(by: PollSettings(reading: section["poll"]?.section(), path: pollPath)).resolved()
        section.close()
        guard let id, let endpoint else { return nil }

        self.init(id: id, name: name, endpoint: endpoint)
        authentication = access.authentication
        tls = access.tls
        proxy = access.proxy
        self.labels = labels
        self.expectedLinks = expected ?? []
        self.expectedLinksExhaustive = exhaustive
        self.poll = poll

        if exhaustive, expected == nil {
            exhaustiveSetting?.warn("no link is expected, so every link will be an alert; list them in expected_links")
        }
        if let endpointSetting { access.warn(about: endpoint, at: endpointSetting, in: section) }
    }

    private static func checkedID(_ text: String) throws(Refusal) -> String {
        guard !text.isEmpty, text.utf8.count <= 255,
            text.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-_.~".contains($0)) })
        else { throw Refusal("expected letters, digits, -, _, . and ~, such as lkc-3w6270") }
        return text
    }

    private static func endpoint(_ text: String) throws(Refusal) -> Configuration.WebAddress {
        let address = try Configuration.WebAddress(authenticated: text, parts: .path)
        return address.path.isEmpty ? address.withPath(defaultPath) : address
    }
}

extension Setting {
    fileprivate func expectedLinks() -> [String]? {
        guard let items = items() else { return nil }
        var known: Set<String> = []
        return items.compactMap { item in
            guard let name = item.word() else { return nil }
            if known.insert(name).inserted { return name }
            item.refuse("is listed twice")
            return nil
        }
    }
}
