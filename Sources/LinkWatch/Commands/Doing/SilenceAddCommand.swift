import Alerting
import ArgumentParser
import ClusterLinks
import Console
import ExactJSON
import ServiceClient

/// `linkwatch silence add`.
struct SilenceAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Tells nobody of alerts whose labels all matchers match, for a while. Takes the role operate.",
        discussion: """
            A matcher is as amtool writes it: link_name=orders-dr, env!=prod, link_name=~"orders-.*" (the whole value, in RE2's \
            words) or severity!~"info|warning". The labels are those that `linkwatch alerts --output json` tells.
            """
    )

    @Argument(
        help: ArgumentHelp("What the labels are to be.", valueName: "matcher"),
        transform: Condition.init(parsing:)
    )
    var matchers: [Condition]

    @Option(
        name: .customLong("for"),
        help: ArgumentHelp("How long it lasts, from its start on: 2h, 90m.", valueName: "duration")
    )
    var length: LengthOfTime?

    @Option(
        help: ArgumentHelp(
            "When it ends, in the place of --for: RFC 3339, as 2026-11-22T18:00:00Z.",
            valueName: "instant"
        )
    )
    var until: Moment?

    @Option(help: ArgumentHelp("When it starts: RFC 3339; now where it is not given.", valueName: "instant"))
    var start: Moment?

    @Option(help: ArgumentHelp("Why: what others read who wonder.", valueName: "text"))
    var comment: String

    @Option(
        help: ArgumentHelp(
            "Who; else the token's name, or without a token the name of this system's user.",
            valueName: "name"
        )
    )
    var by: String?

    @OptionGroup var acting: ActingOptions

    func validate() throws {
        guard (length == nil) != (until == nil) else {
            throw ValidationError("a silence needs an end: give --for or --until, and not both")
        }
        if let length, !(.milliseconds(1)...PastInstant.longest).contains(length.duration) {
            throw ValidationError("--for takes more than nothing and 100 years at most")
        }
        if comment.allSatisfy(\.isWhitespace) { throw ValidationError("--comment is empty: it says why") }
    }

    func run() async throws {
        try await acting.run { session in
            let begin = start?.instant ?? session.now
            guard let end = until?.instant ?? length.map({ begin.advanced(by: $0.duration) }) else { return }
            var members: [(String, JSONValue)] = [
                ("matchers", .array(matchers.map(\.json))), ("ends_at", .string(end.description)),
                ("comment", .string(comment)),
            ]
            if let start { members.append(("starts_at", .string(start.instant.description))) }
            if let who = by ?? acting.remote.userName { members.append(("created_by", .string(who))) }
            let request = ServiceRequest(
                ["api", "v1", "silences"],
                method: .post,
                body: .object(JSONObject(members)),
                role: "operate"
            )
            try session.deliver([try await session.respondent.ask(request)], as: .silences)
        }
    }

    /// A matcher as it stands on a command line.
    struct Condition {
        private let matcher: Matcher

        /// - Throws: `ValidationError`, which unlike an argument that is merely none tells why.
        init(parsing text: String) throws {
            do {
                matcher = try Matcher(parsing: text)
            } catch {
                throw ValidationError("\(error)")
            }
        }

        var json: JSONValue {
            [
                "name": .string(matcher.name), "value": .string(matcher.value), "isRegex": .bool(matcher.isRegex),
                "isEqual": .bool(matcher.isEqual),
            ]
        }
    }

    /// An instant that may be to come.
    struct Moment: ExpressibleByArgument {
        let instant: Instant

        init?(argument: String) {
            guard let instant = Instant(rfc3339: argument) else { return nil }
            self.instant = instant
        }
    }
}
