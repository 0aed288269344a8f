import ClusterLinks

extension LabelSet {
    /// The labels of an alert: what it is about, then what the configuration says of its cluster.
    ///
    /// A configured label never hides one of linkwatch's own. The code is none of them: another code would be another
    /// alert to Alertmanager.
    package init(labelsOf alert: Alert, in surroundings: AlertSurroundings) {
        self.init(
            alert.labels(clusterName: surroundings.clusterName, clusterLabels: surroundings.clusterLabels)
        )
    }

    /// What a person is told of an alert besides its labels.
    package init(annotationsOf alert: Alert, in surroundings: AlertSurroundings) {
        let remediation = Self.remediation(of: alert)
        self.init([
            "summary": alert.subject.summary(in: surroundings),
            "description": alert.subject.description(code: alert.code, in: surroundings),
            "code": alert.code ?? "",
            "message": alert.message ?? "",
            "meaning": remediation?.meaning ?? "",
            "likely_cause": remediation?.likelyCause ?? "",
            "first_step": remediation?.firstStep ?? "",
            "remediation_link": remediation?.link ?? "",
            "flapping": alert.isFlapping ? "true" : "",
        ])
    }

    static func remediation(of alert: Alert) -> Remediation? {
        switch alert.subject.kind {
        case .linkError: ErrorCodeGuide.remediation(forLinkError: LinkErrorCode(rawValue: alert.code ?? ""))
        case .linkState: ErrorCodeGuide.remediation(forState: LinkState(rawValue: alert.code ?? ""))
        case .taskError:
            ErrorCodeGuide.remediation(forTaskError: alert.code.map(TaskErrorCode.init(rawValue:)), task: alert.task)
        case .linkMissing: ErrorCodeGuide.entry(.linkMissing)?.remediation
        case .linkUnexpected: ErrorCodeGuide.entry(.linkUnexpected)?.remediation
        case .clusterUnreachable: ErrorCodeGuide.remediation(forUnreachable: alert.code ?? "")
        }
    }
}

extension AlertSubject {
    /// One short sentence: what is wrong, and where.
    func summary(in surroundings: AlertSurroundings) -> String {
        let link = linkName?.rawValue ?? ""
        let cluster = surroundings.clusterName.isEmpty ? self.cluster.rawValue : surroundings.clusterName
        return switch kind {
        case .linkError: "cluster link \(link) on \(cluster) reports an error"
        case .linkState: "cluster link \(link) on \(cluster) is in a bad state"
        case .taskError: "a task of cluster link \(link) on \(cluster) fails"
        case .linkMissing: "expected cluster link \(link) is missing on \(cluster)"
        case .linkUnexpected: "cluster link \(link) on \(cluster) is not an expected one"
        case .clusterUnreachable: "the cluster links of \(cluster) cannot be read"
        }
    }

    /// The summary with the code and the other end, where they are known.
    func description(code: String?, in surroundings: AlertSurroundings) -> String {
        var text = summary(in: surroundings)
        if let code { text += ": \(code)" }
        if let remote = surroundings.remoteCluster { text += " (remote cluster \(remote))" }
        return text
    }
}
