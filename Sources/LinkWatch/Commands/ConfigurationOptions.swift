import ArgumentParser
import Foundation

/// Where the configuration is, and what happens when it is not right.
struct ConfigurationOptions: ParsableArguments {
    @Option(name: .customLong("config"), help: "The configuration file.")
    var path: String

    /// Reads the configuration; all its problems go to standard error and end the command with status 78.
    func load() throws -> Configuration {
        try Self.load(path)
    }

    static func load(_ path: String) throws -> Configuration {
        do throws(ConfigurationErrors) {
            let configuration = try Configuration.load(path: path)
            for warning in configuration.warnings { Terminal.complain("warning: \(warning)") }
            return configuration
        } catch {
            Terminal.complain(error.description)
            throw ExitCode(EX_CONFIG)
        }
    }
}
