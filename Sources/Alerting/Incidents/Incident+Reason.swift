import ClusterLinks

extension Incident {
    /// Why these alerts are one incident, in a sentence for people.
    package var reason: String {
        guard children.count > 1 else { return "no other firing alert shares its cause" }
        var told: [Grounds] = []
        for child in children where child.grounds != .first && !told.contains(child.grounds) {
            told.append(child.grounds)
            if told.count > Self.mostSentences { break }
        }
        let sentences = told.prefix(Self.mostSentences).map(sentence)
        let rest = told.count > Self.mostSentences ? "; and so on" : ""
        return sentences.isEmpty ? "the alerts follow one another" : sentences.joined(separator: "; ") + rest
    }

    private func sentence(for grounds: Grounds) -> String {
        let count = children.count { $0.grounds == grounds }
        switch grounds {
        case .first: return ""
        case .unreachableCluster(let cluster):
            return "cluster \(cluster) could not be polled when \(Self.alerts(count)) of its links fired"
        case .remoteCluster(let remote, let code):
            return "\(Self.links(linksTowards(remote, code: code))) towards cluster \(remote) reported \(code)"
        case .oneLink(let link):
            let name =
                children.first { $0.alert.link == link }?.alert.subject.linkName?.rawValue ?? link.identity.description
            return "link \(name) of cluster \(link.cluster) had \(Self.alerts(count)) more, on one side or the other"
        }
    }

    /// The one that opened the incident has other grounds, and counts.
    private func linksTowards(_ remote: ClusterID, code: String) -> Int {
        let links = children.filter { child in
            child.grounds == .remoteCluster(remote, code: code)
                || (child.surroundings.remoteCluster == remote && child.alert.code == code)
        }
        return Set(links.map(\.alert.link)).count
    }

    private static func alerts(_ count: Int) -> String { count == 1 ? "one alert" : "\(count) alerts" }

    private static func links(_ count: Int) -> String { count == 1 ? "one link" : "\(count) links" }

    private static let mostSentences = 3
}

extension Alert {
    /// The link that it is about; nil for one about a cluster.
    var link: AlertSurroundings.Link? {
        subject.link.map { AlertSurroundings.Link(cluster: subject.cluster, identity: $0) }
    }
}
