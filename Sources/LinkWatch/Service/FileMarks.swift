import ClusterLinks

/// Which files with secrets and certificates the clusters are reached with, so that a reload sees where one was renewed
/// though the configuration names the same path.
struct FileMarks: Sendable {
    private let marks: [ClusterID: [BoundedFile.Identity?]]

    /// Looks at the files, which blocks for as long as the file system does.
    init(of configuration: Configuration) {
        marks = Dictionary(
            configuration.clusters.map { ($0.clusterID, $0.files.map(BoundedFile.identity(of:))) }
        ) { $1 }
    }

    /// The clusters whose files differ from those of an earlier look.
    func renewed(since earlier: FileMarks) -> Set<ClusterID> {
        Set(marks.filter { id, files in earlier.marks[id].map { $0 != files } ?? false }.keys)
    }
}

extension Configuration.Cluster {
    fileprivate var files: [String] {
        let secret: Secret? =
            switch authentication {
            case .none: nil
            case .basic(_, let password): password
            case .bearer(let token, _): token
            }
        return [secret?.path, tls.caFile, tls.clientCertificateFile, tls.clientKeyFile].compactMap(\.self)
    }
}
