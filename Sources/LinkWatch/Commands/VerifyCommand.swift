import ArgumentParser
import Inventory

/// `linkwatch verify`: whether a database, or a backup of one, is whole and says nothing that cannot be.
struct VerifyCommand: AsyncParsableCommand {
    enum Output: String, CaseIterable, ExpressibleByArgument { case text, json }

    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Tells whether a database or a backup is sound; exit status 1 if it is not.",
        discussion: """
            Reads the whole file and changes nothing, also while a service runs on it. Without a file it is that of the running \
            service, which has to be on the same machine.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "The database or the backup; the database of the running service where none is given.",
            valueName: "file"
        ),
        completion: .file()
    )
    var named: String?

    @OptionGroup var remote: RemoteOptions

    @Option(help: "text or json.")
    var output = Output.text

    func validate() throws {
        if named?.isEmpty == true { throw ValidationError("the file is the path of a database") }
    }

    func run() async throws {
        let file: String
        if let named { file = named } else { file = try await ServedDatabase.path(remote) }
        let verifier = InventoryVerifier(of: file)
        let progress = ProgressLine()
        do {
            let report = try await verifier.run { progress.show(Self.text($0)) }
            progress.clear()
            try await Session.told {
                try Terminal.deliver((output == .text ? report.text(of: file) : report.json(of: file)) + "\n")
            }
            if !report.isSound { throw ExitCode.failure }
        } catch let error as InventoryFileError {
            progress.clear()
            if output == .json { Terminal.say(error.json(of: file)) }
            Terminal.complain("linkwatch: \(error)")
            throw ExitCode.failure
        }
    }

    private static func text(_ progress: VerificationProgress) -> String {
        switch progress {
        case .structure: "verifying the structure"
        case .documents: "verifying the documents"
        case .feed: "verifying the feed"
        case .links(let done, let total): "verifying the links: \(done) of \(total)"
        }
    }
}
