import ArgumentParser
import Console
import ExactJSON
import Foundation
import ServiceClient

/// `linkwatch delete-link`: takes a cluster link away upstream, through the service.
struct DeleteLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "delete-link",
        abstract:
            "Deletes a cluster link upstream. Takes the role admin, and management: true in the service's configuration.",
        discussion: "Asks first on a terminal; where nobody can be asked it takes --yes."
    )

    @OptionGroup var link: LinkArguments

    @Flag(help: "Deletes it although topics still mirror: they become topics of their own.")
    var force = false

    @Flag(help: "Does not ask first.")
    var yes = false

    @OptionGroup var writing: LinkWriting

    func validate() throws {
        if link.link.isEmpty { throw ValidationError("a link has a name") }
        guard yes || writing.validateOnly || isatty(0) == 1 else {
            throw ValidationError("nobody can be asked whether to delete \(link.link.plain): give --yes")
        }
    }

    func run() async throws {
        try await writing.run { session in
            let names = NameLookup(session.respondent)
            let id = try await names.cluster(link.cluster)
            guard try await isMeant(session, id) else {
                Terminal.complain("linkwatch: nothing was deleted")
                throw ExitCode.failure
            }
            let request = ServiceRequest(
                ["kafka", "v3", "clusters", id, "links", link.link],
                method: .delete,
                query: (force ? [("force", "true")] : []) + writing.query,
                role: "admin",
                patience: LinkWriting.patience
            )
            do {
                _ = try await session.withProgress { try await session.respondent.ask(request) }
            } catch let error as ServiceError {
                throw try await names.absence(of: link.link, on: link.cluster, id: id, error)
            }
            let verdict = writing.validateOnly ? "could be deleted, and was not" : "deleted"
            try Terminal.deliver("\(link.link.plain) on \(link.cluster.plain): \(verdict)\n")
            try await writing.awaitInventory(session, cluster: id, link: link.link, isListed: false)
        }
    }

    /// Whether somebody at the terminal says so, who is told what would go.
    private func isMeant(_ session: Session, _ cluster: String) async throws -> Bool {
        guard !yes, !writing.validateOnly else { return true }
        let shown = try await link.named.asked(session) { try await session.respondent.ask(ServiceRequest($0)) }
        let topics = shown.object?["topic_names"]?.array?.count ?? 0
        let health = shown.object?["health"]?.string ?? "unknown"
        let what =
            "\(link.link) on \(link.cluster) (\(cluster)), \(health), \(topics) \(topics == 1 ? "topic" : "topics")"
            .plain
        StandardStream.error.write("Delete the link \(what)? Type yes: ")
        return readLine() == "yes"
    }
}
