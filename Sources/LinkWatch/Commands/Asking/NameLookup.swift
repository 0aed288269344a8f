import ExactJSON
import ServiceClient

/// Finds out what is meant by the names that people give.
struct NameLookup: Sendable {
    private let respondent: any Respondent

    init(_ respondent: any Respondent) { self.respondent = respondent }

    /// The id of a cluster that is given by its id or by its name.
    /// - Throws: `UnknownName`, `ServiceError`.
    func cluster(_ given: String) async throws -> String {
        guard !given.isEmpty else { throw UnknownName.cluster(given, suggestion: nil) }
        do throws(ServiceError) {
            _ = try await respondent.ask(ServiceRequest(["api", "v1", "clusters", given]))
            return given
        } catch {
            guard error.absence != nil else { throw error }
        }
        let clusters = try await clusters()
        let named = clusters.filter { $0.name == given }
        // One that left the configuration may have left its name to another.
        let meant = named.contains(where: \.isConfigured) ? named.filter(\.isConfigured) : named
        if let only = meant.first, meant.count == 1 { return only.id }
        guard meant.isEmpty else { throw UnknownName.ambiguousCluster(given, ids: meant.map(\.id)) }
        let known = clusters.flatMap { $0.name.isEmpty ? [$0.id] : [$0.name, $0.id] }
        throw UnknownName.cluster(given, suggestion: EditDistance.nearest(toName: given, among: known))
    }

    func clusters(_ given: [String]) async throws -> [String] {
        var ids: [String] = []
        for name in given { ids.append(try await cluster(name)) }
        return ids
    }

    /// What to say of a link that is not there; any other error is thrown as it is.
    /// - Parameter cluster: as it was given.
    func absence(of link: String, on cluster: String, id: String, _ error: ServiceError) async throws -> UnknownName {
        guard let problem = error.absence, problem.type == "unknown-link" || problem.type.isEmpty else { throw error }
        if let name = problem.members["renamed_to"]?.string { return .renamedLink(link, cluster: cluster, now: name) }
        let names = try await links(of: id)
        return .link(link, cluster: cluster, suggestion: EditDistance.nearest(toName: link, among: names))
    }

    /// The names of a cluster's links, those that went away after those that are listed.
    func links(of cluster: String) async throws -> [String] {
        let path = ["api", "v1", "clusters", cluster, "links"]
        var names: [String] = []
        for deleted in ["false", "true"] {
            let list = try await respondent.list(
                ServiceRequest(path, query: [("deleted", deleted), ("configured", "any")])
            )
            for case let name? in list.rows.map({ $0.object?["link_name"]?.string }) where !names.contains(name) {
                names.append(name)
            }
        }
        return names
    }

    /// Names by id, of clusters that have one.
    func clusterNames() async throws -> [String: String] {
        Dictionary(try await clusters().map { ($0.id, $0.name) }) { $1 }.filter { !$1.isEmpty }
    }

    func clusters() async throws -> [(id: String, name: String, isConfigured: Bool)] {
        let list = try await respondent.list(ServiceRequest(["api", "v1", "clusters"], query: [("configured", "any")]))
        return list.rows.compactMap { row in
            row.object?["cluster_id"]?.string.map {
                ($0, row.object?["name"]?.string ?? "", row.object?["configured"]?.bool ?? true)
            }
        }
    }
}

/// Why it is not known what is meant by a name.
enum UnknownName: Error {
    case cluster(String, suggestion: String?)
    /// Several clusters have the name.
    case ambiguousCluster(String, ids: [String])
    case link(String, cluster: String, suggestion: String?)
    /// The link has another name now.
    case renamedLink(String, cluster: String, now: String)
}

extension UnknownName: CustomStringConvertible {
    var description: String {
        switch self {
        case .cluster(let name, let suggestion):
            "no cluster \(name)" + (Self.question(suggestion) ?? ": `linkwatch links` tells those that are known")
        case .ambiguousCluster(let name, let ids):
            "several clusters have the name \(name): give one of the ids \(ids.joined(separator: ", "))"
        case .link(let name, let cluster, let suggestion):
            "no link \(name) on \(cluster)"
                + (Self.question(suggestion)
                    ?? ": `linkwatch links --cluster \(Self.argument(cluster))` tells those that are there")
        case .renamedLink(let name, let cluster, let now):
            "no link \(name) on \(cluster): it has the name \(now) now"
        }
    }

    /// As a shell takes it.
    private static func argument(_ name: String) -> String {
        NameCompletion.isHarmless(name) ? name : "'" + name.replacing("'", with: #"'\''"#) + "'"
    }

    private static func question(_ suggestion: String?) -> String? { suggestion.map { "; did you mean \($0)?" } }
}
