import ArgumentParser
import Console
import ExactJSON
import Foundation
import ServiceClient

/// `linkwatch create-link`: a cluster link, made upstream through the service.
struct CreateLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create-link",
        abstract:
            "Creates a cluster link upstream. Takes the role admin, and management: true in the service's configuration.",
        discussion: """
            Settings that hold secrets, such as sasl.jaas.config, belong into a file or onto standard input: what stands on a \
            command line is seen by everyone on the machine. The file is one of properties: NAME=VALUE, a line each.
            """
    )

    @Argument(help: "The id or the name of the cluster that is to have the link.", completion: .clusters)
    var cluster: String

    @Argument(help: "The name of the link to be.")
    var link: String

    @Option(help: ArgumentHelp("The id of the cluster that the data comes from.", valueName: "id"))
    var sourceCluster: String?

    @Option(
        help: ArgumentHelp(
            "The id of the cluster that the data goes to, of a link that its source initiates.",
            valueName: "id"
        )
    )
    var destinationCluster: String?

    @Option(help: ArgumentHelp("The id of the cluster at the other end, of a bidirectional link.", valueName: "id"))
    var remoteCluster: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp("A setting of the link; may be given again.", valueName: "name=value")
    )
    var config: [LabelValue] = []

    @Option(
        help: ArgumentHelp("A file with settings, - for standard input; may be given again.", valueName: "file"),
        completion: .file()
    )
    var configFile: [String] = []

    @Flag(help: "Does not have the upstream try whether the other end can be reached.")
    var skipValidation = false

    @OptionGroup var writing: LinkWriting

    func validate() throws {
        if link.isEmpty { throw ValidationError("a link needs a name") }
        if configFile.count(where: { $0 == "-" }) > 1 {
            throw ValidationError("standard input can be read once: --config-file - was given twice")
        }
    }

    func run() async throws {
        let body = try body()
        for setting in config where Self.holdsSecret(setting.name) {
            Terminal.complain(
                "linkwatch: \(setting.name.plain) on a command line is seen by everyone on this machine; --config-file keeps it from them"
            )
        }
        try await writing.run { session in
            let id = try await NameLookup(session.respondent).cluster(cluster)
            var query = [(name: "link_name", value: link)] + writing.query
            if skipValidation { query.append(("validate_link", "false")) }
            let request = ServiceRequest(
                ["kafka", "v3", "clusters", id, "links"],
                method: .post,
                query: query,
                body: body,
                role: "admin",
                patience: LinkWriting.patience
            )
            _ = try await session.withProgress { try await session.respondent.ask(request) }
            let verdict = writing.validateOnly ? "could be created, and was not" : "created"
            try Terminal.deliver("\(link.plain) on \(cluster.plain): \(verdict)\n")
            try await writing.awaitInventory(session, cluster: id, link: link, isListed: true)
        }
    }

    private func body() throws -> JSONValue {
        var members: [(String, JSONValue)] = []
        for (name, value) in [
            ("source_cluster_id", sourceCluster), ("destination_cluster_id", destinationCluster),
            ("remote_cluster_id", remoteCluster),
        ] {
            if let value { members.append((name, .string(value))) }
        }
        var settings: [(name: String, value: String)] = []
        for file in configFile { settings += try Self.settings(in: file) }
        settings += config.map { ($0.name, $0.value) }
        var names: Set<String> = []
        for setting in settings where !names.insert(setting.name).inserted {
            throw ValidationError("the setting \(setting.name.plain) is given twice")
        }
        let configs = settings.map { JSONValue.object(["name": .string($0.name), "value": .string($0.value)]) }
        if !configs.isEmpty { members.append(("configs", .array(configs))) }
        return .object(JSONObject(members))
    }

    private static func settings(in file: String) throws -> [(name: String, value: String)] {
        let file = InputFile(file)
        let text = try file.text(longest: longest)
        do throws(PropertiesText.Fault) {
            return try PropertiesText.settings(in: text)
        } catch {
            // Not what stands there: it may be a secret.
            throw ValidationError("\(file.name), line \(error.line): \(error.reason)")
        }
    }

    private static let longest = 1 << 20

    static func holdsSecret(_ name: String) -> Bool {
        let name = name.lowercased()
        return ["jaas", "password", "secret", "token", "private"].contains { name.contains($0) }
    }
}
