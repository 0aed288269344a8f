import ClusterLinks
import Inventory

/// Which clusters an answer is about.
struct ClusterFilter: Sendable {
    private let ids: Set<String>?
    private let labels: [(name: String, values: [String])]
    private let configured: Tristate

    static let parameters: [Parameter] = [.clusterID, .label, .configured]

    init(_ question: Question) throws {
        ids = question.list("cluster_id").map(Set.init)
        labels = question.family("label.")
        configured = try question.choice("configured", default: .yes)
    }

    func admits(_ cluster: ClusterView) -> Bool {
        admits(configured: cluster.isConfigured) && selects(cluster.description)
    }

    /// Whether a cluster is meant by its id and labels, in the configuration or not.
    func selects(_ cluster: ClusterDescription) -> Bool {
        ids?.contains(cluster.id.rawValue) ?? true
            && labels.allSatisfy { label in label.values.contains(cluster.labels[label.name] ?? "") }
    }

    func admits(configured isConfigured: Bool) -> Bool { configured.admits(isConfigured) }

    /// Whether it asks for a cluster that was never configured by its id; such a cluster has no labels.
    func asks(for id: ClusterID) -> Bool { labels.isEmpty && ids?.contains(id.rawValue) ?? false }
}
