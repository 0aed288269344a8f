import ArgumentParser
import Console
import Inventory

/// `linkwatch backup`: a copy of the database, also while a service writes it.
struct BackupCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup",
        abstract: "Copies the database into one file while the service runs.",
        discussion: """
            Reads the file beside the service, on the same machine; without --database it is that of the running service. The \
            copy is of one moment, checked and written through before it takes the destination's name. A backup that is \
            there already is replaced in one step; anything else that is there is not.
            """
    )

    @Option(
        help: ArgumentHelp(
            "The database, which the configuration calls \"database\"; that of the running service where it is not given.",
            valueName: "file"
        ),
        completion: .file()
    )
    var database: String?

    @Argument(help: "The file to be.", completion: .file())
    var destination: String

    @OptionGroup var remote: RemoteOptions

    func validate() throws {
        if database?.isEmpty == true { throw ValidationError("--database takes the path of a file") }
        if destination.isEmpty { throw ValidationError("the destination is the path of a file") }
    }

    func run() async throws {
        let source: String
        if let database { source = database } else { source = try await ServedDatabase.path(remote) }
        let backup = InventoryBackup(of: source, to: destination)
        let progress = ProgressLine()
        do {
            let finished = try await Interruption.cancelsAtSignal {
                try await backup.run { progress.show(Self.text($0)) }
            }
            progress.clear()
            let replaced = finished.isReplacement ? "replaced" : "written"
            Terminal.say("\(finished.path.plain): \(replaced), \(ByteCount(finished.bytes))")
        } catch {
            progress.clear()
            Terminal.complain("linkwatch: \(error)")
            throw ExitCode.failure
        }
    }

    private static func text(_ progress: BackupProgress) -> String {
        switch progress {
        case .copying(let done, let total): "copying: \(ByteCount(done)) of \(ByteCount(total))"
        case .checking: "checking the copy"
        case .flushing: "writing the copy through to the disk"
        }
    }
}
