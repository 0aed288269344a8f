import ArgumentParser

/// `linkwatch check-config`: what `serve` would say of a configuration, without starting.
struct CheckConfigCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check-config",
        abstract: "Tells every problem of a configuration; exit status 0 or 78."
    )

    @Argument(help: "The configuration file.")
    var file: String

    func run() throws {
        let configuration = try ConfigurationOptions.load(file)
        let count = configuration.clusters.count
        Terminal.say("\(file): ok, \(count) \(count == 1 ? "cluster" : "clusters")")
    }
}
