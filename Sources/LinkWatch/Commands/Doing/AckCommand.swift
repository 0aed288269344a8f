import ArgumentParser
import Console
import ExactJSON
import ServiceClient

/// `linkwatch ack`: somebody takes care of an alert.
struct AckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ack",
        abstract: "Says that somebody takes care of alerts: nobody is told of them again until they are over.",
        discussion: "Takes the role operate. Exit status 2 where some of several could not be acknowledged."
    )

    @Argument(
        help: ArgumentHelp("The ids of alerts, as `linkwatch alerts` tells them.", valueName: "id"),
        completion: .alerts
    )
    var ids: [String]

    @Flag(help: "Takes the acknowledgement back.")
    var withdraw = false

    @Option(help: ArgumentHelp("What is done about it: what others read who wonder.", valueName: "text"))
    var comment: String?

    @Option(
        help: ArgumentHelp(
            "Who; else the token's name, or without a token the name of this system's user.",
            valueName: "name"
        )
    )
    var by: String?

    @OptionGroup var acting: ActingOptions

    func validate() throws {
        try acting.demandNamed(ids)
        guard !withdraw else {
            if comment != nil || by != nil { throw ValidationError("--withdraw takes neither --comment nor --by") }
            return
        }
        guard let comment, !comment.allSatisfy(\.isWhitespace) else {
            throw ValidationError("--comment is missing: it says what is done about it")
        }
    }

    func run() async throws {
        let withdraw = withdraw
        var members: [(String, JSONValue)] = []
        if let comment { members.append(("comment", .string(comment))) }
        if let who = by ?? acting.remote.userName { members.append(("by", .string(who))) }
        let body = withdraw ? nil : JSONValue.object(JSONObject(members))
        try await acting.run(each: ids, as: .alerts) { id in
            ServiceRequest(
                ["api", "v1", "alerts", id, "ack"],
                method: withdraw ? .delete : .post,
                body: body,
                role: "operate"
            )
        }
    }
}
