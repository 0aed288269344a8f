/// Reads the list of clusters, and the rule that no two are called the same.
struct ClusterListReading {
    private let section: Section
    private let poll: PollSettings

    init(_ section: Section, poll: PollSettings) {
        self.section = section
        self.poll = poll
    }

    func clusters() -> [Configuration.Cluster] {
        let setting = section["clusters"]
        if setting?.node.isEmpty ?? true {
            section.reading.warn(
                "no cluster is configured, so nothing is polled",
                at: setting?.node.position ?? .start,
                section.path.key("clusters")
            )
        }
        let sections = section.sections("clusters")
        // A cluster with a problem keeps its names, so that another of the same name is told as well.
        let clusters = sections.map { ($0, Configuration.Cluster(reading: $0, poll: poll)) }
        refuseRepeated("id", in: sections)
        refuseRepeated("name", in: sections)
        refuseBorrowedIDs(in: sections)
        return clusters.compactMap(\.1)
    }

    private func refuseRepeated(_ key: String, in sections: [Section]) {
        var known: [String: Section] = [:]
        for section in sections {
            guard let setting = section[key], let text = setting.plainText, !text.isEmpty else { continue }
            if let first = known[text] {
                setting.refuse("is also the \(key) of \(first.path); each cluster needs its own")
            } else {
                known[text] = section
            }
        }
    }

    /// A name that is another cluster's id would make every mention of it ambiguous.
    private func refuseBorrowedIDs(in sections: [Section]) {
        let owners = Dictionary(
            sections.compactMap { section in section["id"]?.plainText.map { ($0, section.path) } },
            uniquingKeysWith: { first, _ in first }
        )
        for section in sections {
            guard let setting = section["name"], let owner = setting.plainText.flatMap({ owners[$0] }),
                owner != section.path
            else { continue }
            setting.refuse("is the id of \(owner)")
        }
    }
}

extension Setting {
    /// The text for comparing, without saying anything about it.
    fileprivate var plainText: String? {
        guard case .scalar(let raw, _) = node.content, !node.isNull else { return nil }
        do throws(Refusal) {
            return try EnvironmentReference.expand(raw, environment: reading.environment).text
        } catch {
            // Told where the setting was read.
            return nil
        }
    }
}
