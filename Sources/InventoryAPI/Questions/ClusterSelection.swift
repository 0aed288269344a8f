import ClusterLinks
import Inventory

/// Which clusters a list is about, by id and label; whether they are configured is another question.
struct ClusterSelection: Sendable {
    private let ids: Set<String>?
    private let labels: [(name: String, values: [String])]

    init(_ question: Question) {
        ids = question.list("cluster_id").map(Set.init)
        labels = question.family("label.")
    }

    func admits(_ cluster: ClusterDescription) -> Bool {
        ids?.contains(cluster.id.rawValue) ?? true
            && labels.allSatisfy { label in label.values.contains(cluster.labels[label.name] ?? "") }
    }

    func clusters(of view: FleetView) -> [ClusterView] { view.clusters.filter { admits($0.description) } }
}
