package import ExactJSON

/// What one link is at one time, in the form in which equal contents are equal (truth rule 8).
///
/// Two contents are equal exactly when their digests are; a version of a link is a span in which its content does not
/// change. The name and the ids are content; the cluster that reported it is not.
package struct LinkContent: Sendable, Hashable {
    /// Canonical: sorted by name, without nulls, with every spelling of "no error" left out.
    package let fields: JSONObject
    /// The canonical JSON of the fields: what is stored, and what the digest is of.
    package let encoded: [UInt8]
    package let digest: ContentDigest

    /// Takes fields that are canonical already: those of a stored document.
    package init(canonical fields: JSONObject) {
        self.init(canonical: fields, encoded: fields.encoded)
    }

    /// Takes a stored document's bytes with the fields that were read from them.
    init(canonical fields: JSONObject, encoded: [UInt8]) {
        self.fields = fields
        self.encoded = encoded
        digest = ContentDigest(of: encoded)
    }

    /// Reads a list item; `tasks` in it is passed over, as only the single GET tells them.
    package init(item: JSONObject) { self.init(canonical: CanonicalForm.item(item)) }

    package static func == (left: LinkContent, right: LinkContent) -> Bool { left.digest == right.digest }

    package func hash(into hasher: inout Hasher) { hasher.combine(digest) }

    /// The same content with a reading of the tasks; nil takes the tasks out.
    package func with(tasks reading: TaskReading?) -> LinkContent {
        var fields = fields
        fields["tasks"] = reading.flatMap { $0.tasks.isEmpty ? nil : .array($0.tasks) }
        return LinkContent(canonical: fields.sorted)
    }

    /// The same content with the tasks of another.
    func with(tasksOf other: LinkContent) -> LinkContent {
        guard fields["tasks"] != other.fields["tasks"] else { return self }
        var fields = fields
        fields["tasks"] = other.fields["tasks"]
        return LinkContent(canonical: fields.sorted)
    }

    /// The same content with the ids that another has and this one lacks: they say nothing new of a known link.
    package func completed(byIDsOf other: LinkContent) -> LinkContent {
        let missing = ["cluster_link_id", "link_id"].filter { self.fields[$0] == nil && other.fields[$0] != nil }
        guard !missing.isEmpty else { return self }
        var fields = fields
        for name in missing { fields[name] = other.fields[name] }
        return LinkContent(canonical: fields.sorted)
    }

    /// The same content with a `cluster_link_id` made from `link_id` where the server sends only that (truth rule 5).
    var withDerivedID: LinkContent {
        guard clusterLinkID == nil, let id = text("link_id").flatMap({ ClusterLinkID(linkID: $0) }) else { return self }
        return completed(byIDsOf: LinkContent(canonical: ["cluster_link_id": .string(id.rawValue)]))
    }

    /// The names of the top-level fields in which two contents differ, in order of the alphabet.
    package func fieldsChanged(from earlier: LinkContent) -> [String] {
        // Both are in that order, so one walk along both finds them.
        var changed: [String] = []
        let (members, others) = (fields.members, earlier.fields.members)
        var place = 0
        for index in members.indices {
            while place < others.count, !others[place].name.hasBytes(of: members[index].name),
                others[place].name.precedesInBytes(members[index].name)
            {
                changed.append(others[place].name)
                place += 1
            }
            if place < others.count, others[place].name.hasBytes(of: members[index].name) {
                if others[place].value != members[index].value { changed.append(members[index].name) }
                place += 1
            } else {
                changed.append(members[index].name)
            }
        }
        return changed + others[place...].map(\.name)
    }
}

extension LinkContent {
    /// Nil only in a document that no list could have given.
    package var name: LinkName? { text("link_name").flatMap { LinkName($0) } }

    package var clusterLinkID: ClusterLinkID? { text("cluster_link_id").flatMap { ClusterLinkID($0) } }

    package var error: LinkErrorCode? { LinkErrorCode(fields["link_error"]) }

    package var errorMessage: String? { text("link_error_message") }

    package var state: LinkState? { LinkState(fields["link_state"]) }

    /// As the upstream names it; `remoteClusterID` also knows the answers that do not.
    var namedRemoteClusterID: String? { text("remote_cluster_id") }

    package var sourceClusterID: String? { text("source_cluster_id") }

    package var destinationClusterID: String? { text("destination_cluster_id") }

    /// The other cluster: as the upstream names it, or, in answers older than that field, the one end it does name.
    package var remoteClusterID: String? { namedRemoteClusterID ?? sourceClusterID ?? destinationClusterID }

    package var topicNames: [String] { (fields["topic_names"]?.array ?? []).compactMap(\.string) }

    package var tasks: [LinkTask] { (fields["tasks"]?.array ?? []).map(LinkTask.init) }

    private func text(_ name: String) -> String? {
        guard let text = fields[name]?.string, !text.isEmpty else { return nil }
        return text
    }
}
