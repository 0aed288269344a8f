package import ArgumentParser

/// `linkwatch`: the door to every command.
package struct LinkWatchCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "linkwatch",
        abstract: "Keeps an inventory of Confluent cluster links, and the history of what was wrong with them.",
        version: Version.full,
        subcommands: [
            ServeCommand.self, DemoCommand.self, PollCommand.self, CheckConfigCommand.self, SimulateCommand.self,
            BackupCommand.self, VerifyCommand.self, BacktestCommand.self, HealthcheckCommand.self,
        ]
    )

    package init() {}
}
