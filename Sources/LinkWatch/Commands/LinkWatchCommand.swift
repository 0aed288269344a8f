package import ArgumentParser

/// `linkwatch`: the door to every command.
package struct LinkWatchCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "linkwatch",
        abstract: "Keeps an inventory of Confluent cluster links, and the history of what was wrong with them.",
        version: Version.full,
        subcommands: [
            ServeCommand.self, DemoCommand.self, PollCommand.self, CheckConfigCommand.self, SimulateCommand.self,
            BackupCommand.self, VerifyCommand.self, BacktestCommand.self, HealthcheckCommand.self, StatusCommand.self,
            LinksCommand.self, HistoryCommand.self, ErrorsCommand.self, AlertsCommand.self, IncidentsCommand.self,
            ChangesCommand.self, DiffCommand.self, QueryCommand.self, AckCommand.self, SilenceCommand.self,
            CreateLinkCommand.self, DeleteLinkCommand.self,
        ]
    )

    package init() {}
}
