import ClusterLinks

/// Takes findings in: the first of each kind are kept, all are counted, so that a file broken throughout costs no more
/// memory than a sound one.
struct FindingLedger {
    /// How many of each kind are kept.
    let limit: Int
    private(set) var findings: [Finding] = []
    private(set) var counts: [Finding.Kind: Int] = [:]

    init(limit: Int = 20) { self.limit = limit }

    /// - Parameter message: what is wrong, without the subject; only asked for where it is kept.
    mutating func add(
        _ kind: Finding.Kind,
        of subject: FindingSubject? = nil,
        at instant: Int64? = nil,
        sequence: Int64? = nil,
        _ message: @autoclosure () -> String
    ) {
        counts[kind, default: 0] += 1
        guard counts[kind, default: 0] <= limit else { return }
        findings.append(
            Finding(
                kind: kind,
                message: subject.map { "\($0): \(message())" } ?? message(),
                clusterID: subject?.clusterID,
                linkName: subject?.linkName,
                clusterLinkID: subject?.clusterLinkID,
                at: instant.map(Instant.init(milliseconds:)),
                sequence: sequence
            )
        )
    }
}

/// What a finding is about, by the names that people know it by.
enum FindingSubject: CustomStringConvertible {
    case cluster(id: String)
    case link(name: String, id: String?, cluster: String)

    var clusterID: String {
        switch self {
        case .cluster(let id), .link(_, _, let id): id
        }
    }

    var linkName: String? {
        if case .link(let name, _, _) = self { name } else { nil }
    }

    var clusterLinkID: String? {
        if case .link(_, let id, _) = self { id } else { nil }
    }

    var description: String {
        switch self {
        case .cluster(let id): "cluster \(id)"
        case .link(let name, let id, let cluster): "link \(name) (\(id ?? "no id")) of cluster \(cluster)"
        }
    }
}

extension Int64 {
    /// The instant of so many milliseconds since 1970, as people read it.
    var instantText: String { Instant(milliseconds: self).description }
}
