import ArgumentParser
import Console
import ExactJSON
import Foundation
import ServiceClient

extension CompletionKind {
    /// The names of clusters, or the ids of those without one that can be offered, as the service tells them.
    static var clusters: CompletionKind {
        .custom { words, _, _ in await NameCompletion(words).clusters() }
    }

    /// The names of links: of the cluster that the line names already, else of all.
    static var links: CompletionKind {
        .custom { words, _, _ in await NameCompletion(words).links() }
    }

    /// The ids of alerts that fire or are about to.
    static var alerts: CompletionKind {
        .custom { words, _, _ in await NameCompletion(words).alerts() }
    }

    /// The ids of silences that are not over.
    static var silences: CompletionKind {
        .custom { words, _, _ in await NameCompletion(words).silences() }
    }
}

/// Asks the service that a command line names for what its next word may be.
///
/// Whoever presses the tabulator wants no complaint and does not wait: where there is no answer within a second there is
/// nothing to choose from.
struct NameCompletion: Sendable {
    private let words: [String]
    private static let patience = Duration.seconds(1)

    init(_ words: [String]) { self.words = words }

    func clusters() async -> [String] {
        await asked { service in
            try await rows(service, ["api", "v1", "clusters"]).compactMap { row in
                let name = row.object?["name"]?.string ?? ""
                return Self.isHarmless(name) ? name : row.object?["cluster_id"]?.string
            }
        }
    }

    func links() async -> [String] {
        await asked { service in
            let clusters = Set(words)
            let found = try await rows(service, ["api", "v1", "links"]).compactMap { row -> (String, Bool)? in
                guard let name = row.object?["link_name"]?.string else { return nil }
                let names = ["cluster_id", "cluster_name"].compactMap { row.object?[$0]?.string }
                return (name, names.contains(where: clusters.contains))
            }
            let near = found.filter(\.1)
            return (near.isEmpty ? found : near).map(\.0)
        }
    }

    func alerts() async -> [String] {
        await ids(["api", "v1", "alerts"], query: [("state", "firing,pending")])
    }

    func silences() async -> [String] { await ids(["api", "v1", "silences"]) }

    private func ids(_ path: [String], query: [(name: String, value: String)] = []) async -> [String] {
        await asked { try await rows($0, path, query).compactMap { $0.object?["id"]?.string } }
    }

    private func rows(_ service: RemoteService, _ path: [String], _ query: [(name: String, value: String)] = [])
        async throws -> [JSONValue]
    {
        var request = ServiceRequest(path, query: query + [("limit", "1000")])
        request.patience = Self.patience
        return try await service.ask(request).object?["data"]?.array ?? []
    }

    private func asked(_ ask: (RemoteService) async throws -> [String]) async -> [String] {
        guard let address = try? address else { return [] }
        let names = try? await RemoteOptions.withService(
            at: address,
            tokenFile: value(of: "--token-file"),
            connectTimeout: Self.patience,
            ask
        )
        return Set(names ?? []).filter(Self.isHarmless).sorted()
    }

    /// Whether a shell takes the name for what it is.
    ///
    /// bash expands the words of `compgen -W`, command substitutions among them, and a name is what some upstream says: so a name is
    /// only offered where it has no character that means something to a shell.
    static func isHarmless(_ name: String) -> Bool {
        !name.isEmpty && name.first != "-"
            && name.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII
                    ? scalar.properties.isAlphabetic || scalar.properties.numericType != nil
                        || "._-+@,/%=".unicodeScalars.contains(scalar)
                    : scalar.properties.isAlphabetic
            }
    }

    private var address: ServiceAddress {
        get throws {
            guard let url = value(of: "--url") else { return try ServiceOptions.usual() }
            return try ServiceAddress(parsing: url)
        }
    }

    /// What the line says after an option, or behind its `=`.
    private func value(of option: String) -> String? {
        if let joined = words.first(where: { $0.hasPrefix(option + "=") }) {
            return String(joined.dropFirst(option.count + 1))
        }
        guard let index = words.firstIndex(of: option), words.indices.contains(index + 1) else { return nil }
        return words[index + 1]
    }
}
