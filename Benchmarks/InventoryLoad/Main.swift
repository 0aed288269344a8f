import Foundation

/// `inventory-load`: does to an inventory, in process, what a benchmark is about, and tells its figures line by line on
/// standard output.
@main
enum Main {
    static func main() async {
        do {
            try await run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            FileHandle.standardError.write(Data("inventory-load: \(error)\n".utf8))
            exit(1)
        }
    }

    private static func run(_ arguments: [String]) async throws {
        switch arguments.first {
        case "growth":
            guard arguments.count == 4, let scenario = GrowthScenario(rawValue: arguments[1]),
                let days = Int(arguments[2]),
                days > 0
            else { throw LoadError.usage }
            try await GrowthLoad(scenario: scenario, days: days, path: arguments[3]).run()
        case "history":
            guard (3...4).contains(arguments.count), let versions = Int(arguments[1]),
                let clusters = Int(arguments.count == 4 ? arguments[3] : "1000"), clusters > 0,
                versions > clusters * LoadFleet.linksEach
            else { throw LoadError.usage }
            try await HistoryLoad(versions: versions, path: arguments[2], clusters: clusters).run()
        case "sweep":
            guard arguments.count == 4, let kind = SweepLoad.Kind(rawValue: arguments[1]) else { throw LoadError.usage }
            try await SweepLoad(kind: kind, path: arguments[2], prepared: arguments[3]).run()
        default: throw LoadError.usage
        }
    }
}
