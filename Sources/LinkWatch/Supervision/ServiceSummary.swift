import ClusterLinks
import Inventory
import InventoryAPI

/// The service in one line, for `systemctl status`.
struct ServiceSummary: Equatable {
    var clusters = 0
    var staleClusters = 0
    var links = 0
    var linksInError = 0
    var isDurable = true
    var wasReloadRefused = false

    var text: String {
        var parts = ["\(clusters) \(clusters == 1 ? "cluster" : "clusters")"]
        if staleClusters > 0 { parts.append("\(staleClusters) not heard of lately") }
        parts.append("\(links) \(links == 1 ? "link" : "links")")
        if linksInError > 0 { parts.append("\(linksInError) in error") }
        if !isDurable { parts.append("the database takes no writes") }
        if wasReloadRefused { parts.append("the changed configuration was refused, the log says why") }
        return parts.joined(separator: ", ")
    }
}

extension ServiceSummary {
    init(of fleet: Fleet, at now: Instant, _ configuration: ConfigurationFacts) {
        for cluster in fleet.current(at: now).clusters where cluster.isConfigured {
            clusters += 1
            if cluster.isStale { staleClusters += 1 }
            links += cluster.links.count
            linksInError += cluster.links.count { cluster.health(of: $0) == .error }
        }
        isDurable = fleet.durability.isDurable
        wasReloadRefused = !configuration.wasLastReloadSuccessful
    }
}
