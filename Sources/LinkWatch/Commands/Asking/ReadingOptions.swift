import ArgumentParser
import Console
import Inventory
import ServiceClient

/// What every command has that only reads: whom it asks, and how it shows what it is told.
struct ReadingOptions: ParsableArguments {
    @OptionGroup var remote: RemoteOptions

    @Option(
        help: ArgumentHelp(
            "Asks the database of a service that does not run, or a backup, in the place of a service.",
            valueName: "file"
        ),
        completion: .file()
    )
    var database: String?

    @OptionGroup var output: OutputOptions
    @OptionGroup var watch: WatchOptions

    func validate() throws {
        guard let database else { return }
        if database.isEmpty { throw ValidationError("--database takes the path of a file") }
        if remote.service.given != nil { throw ValidationError("--database is asked in the place of --url") }
        if watch.watch {
            throw ValidationError("--watch is for a running service: a file that nobody writes stays as it is")
        }
    }

    /// Shows an answer once, or again and again.
    /// - Parameter answer: asks and renders.
    func show(_ answer: @escaping @Sendable (Session) async throws -> String) async throws {
        try await run { session in try await session.show(watch, answer) }
    }

    /// Lends what answers; what goes wrong is told on standard error and ends the command.
    func run(_ body: @escaping @Sendable (Session) async throws -> Void) async throws {
        try await Session.told {
            if let database {
                let stored = try StoredService(path: database)
                do {
                    try await body(Session(stored, output, name: database, asOf: stored.now))
                    try await stored.close()
                } catch {
                    // What went wrong first is what is told.
                    try? await stored.close()
                    throw error
                }
            } else {
                let address = try remote.service.address().description
                try await remote.withService { try await body(Session($0, output, name: address)) }
            }
        }
    }
}
