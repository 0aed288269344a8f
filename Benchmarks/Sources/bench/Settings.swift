import Foundation

/// What one may choose, from the environment that `make bench` passes on.
struct Settings: CustomStringConvertible {
    /// `ONLY`: names with commas between; all of them if empty.
    let names: [BenchmarkName]
    /// `ROUNDS` for each server.
    let rounds: Int
    /// `SECONDS` that a round lasts.
    let seconds: Int
    /// `LINKWATCH`: the executable that is measured.
    let linkwatch: URL
    /// `HUMMINGBIRD`: the peer's executable.
    let hummingbird: URL
    /// `DATASETTE`: the peer's executable.
    let datasette: URL
    /// `INVENTORY_LOAD`: the program that does to an inventory in process what is measured.
    let inventoryLoad: URL
    /// `DAYS` that a simulated year has.
    let days: Int
    /// `VERSIONS` of links in the history that is asked.
    let versions: Int
    /// `CLUSTERS` of that history, with ten links each.
    let clusters: Int
    /// On the disk where the project lies: what a commit costs there is measured, and a history is kept for the next run.
    let workshop = URL(filePath: ".build/bench")

    init(environment: [String: String]) throws(BenchError) {
        let only = (environment["ONLY"] ?? "").split(separator: ",")
        var names: [BenchmarkName] = []
        for name in only {
            guard let known = BenchmarkName(rawValue: String(name)) else {
                let all = BenchmarkName.allCases.map(\.rawValue).joined(separator: ",")
                throw .setting(name: "ONLY", value: String(name), remedy: "it takes some of \(all)")
            }
            names.append(known)
        }
        self.names = names.isEmpty ? BenchmarkName.allCases : names
        rounds = try Self.count("ROUNDS", in: environment, default: 7, atMost: 1000)
        seconds = try Self.count("SECONDS", in: environment, default: 5, atMost: 600)
        linkwatch = URL(filePath: environment["LINKWATCH"] ?? ".build/release/linkwatch")
        hummingbird = URL(
            filePath: environment["HUMMINGBIRD"] ?? "Benchmarks/HummingbirdPeer/.build/release/hummingbird-peer"
        )
        datasette = URL(filePath: environment["DATASETTE"] ?? ".build/datasette/bin/datasette")
        inventoryLoad = URL(filePath: environment["INVENTORY_LOAD"] ?? ".build/release/inventory-load")
        days = try Self.count("DAYS", in: environment, default: 365, atMost: 3650)
        clusters = try Self.count("CLUSTERS", in: environment, default: 1000, atMost: 100_000)
        versions = try Self.count("VERSIONS", in: environment, default: 5_000_000, atMost: 100_000_000)
    }

    private static func count(
        _ name: String,
        in environment: [String: String],
        default preset: Int,
        atMost most: Int
    ) throws(BenchError) -> Int {
        guard let text = environment[name], !text.isEmpty else { return preset }
        guard let count = Int(text), (1...most).contains(count) else {
            throw .setting(name: name, value: text, remedy: "it takes a number from 1 to \(most)")
        }
        return count
    }

    var description: String { "medians of \(rounds) rounds of \(seconds) s" }
}
