import Foundation
import LoopbackLoad

/// `bench`: runs the benchmarks that the environment asks for; tells each round on standard error, and the tables as Markdown
/// on standard output at the end.
@main
struct Main {
    static func main() {
        do {
            let settings = try Settings(environment: ProcessInfo.processInfo.environment)
            try OpenFiles.allow(atLeast: settings.names.map(\.filesNeeded).max() ?? 0)
            let wrk =
                settings.names.contains(where: \.usesWrk)
                ? "wrk with \(Wrk.threads) threads and \(Wrk.connections) connections; " : ""
            var sections = ["\(try Machine()); \(wrk)\(settings)."]
            for name in settings.names {
                Progress.tell("\n\(name.rawValue)")
                sections.append(try name.run(settings))
            }
            print(sections.joined(separator: "\n\n"))
        } catch {
            Progress.tell("bench: \(error)")
            exit(1)
        }
    }
}
