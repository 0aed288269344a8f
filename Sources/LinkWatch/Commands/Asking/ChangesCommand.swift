import ArgumentParser
import Console
import ExactJSON
import ServiceClient

/// `linkwatch changes`: what changed last, and with `--follow` what changes from now on.
struct ChangesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "changes",
        abstract: "Tells the last changes, oldest first; with --follow also each one as it happens, until Control-C.",
        discussion: """
            --follow goes on where it was after a lost connection or a restart of the service: no change is missed and none told \
            twice. In the form json each change is then a line of its own.
            """
    )

    @Flag(help: "Goes on telling changes as they happen.")
    var follow = false

    @Option(help: ArgumentHelp("Begins after the change of this number.", valueName: "number"))
    var after: Int64?

    @Option(
        help: ArgumentHelp(
            "Changes of this cluster, by its id or its name; may be given again, as all that follow.",
            valueName: "cluster"
        ),
        completion: .clusters
    )
    var cluster: [String] = []

    @Option(help: ArgumentHelp("Changes of links of this name.", valueName: "link"), completion: .links)
    var link: [String] = []

    @Option(help: "Changes of this kind: created, changed, deleted, retired or restored.")
    var kind: [String] = []

    @Option(
        help: ArgumentHelp(
            "How many changes at most; 0 for all that are kept. Else 20, with --follow none that were, with --after all.",
            valueName: "number"
        )
    )
    var limit: Int?

    @OptionGroup var reading: ReadingOptions

    func validate() throws {
        if let limit, limit < 0 { throw ValidationError("--limit is 0 or more") }
        if let after, after < 0 { throw ValidationError("--after is 0 or more") }
        if follow, reading.watch.watch {
            throw ValidationError("--follow and --watch are two ways to wait: give one of them")
        }
        if follow, reading.database != nil {
            throw ValidationError("--follow is for a running service: a file that nobody writes stays as it is")
        }
        if follow, after != nil, limit != nil {
            throw ValidationError("--limit says where --follow begins, and so does --after: give one of them")
        }
    }

    func run() async throws {
        guard follow else {
            return try await reading.show { session in try await page(session) }
        }
        try await reading.run { session in
            do {
                try await Interruption.cancelsAtSignal { try await following(session) }
            } catch is CancellationError {
                // That is how it ends.
            }
        }
    }

    private func filters(_ session: Session) async throws -> [(name: String, value: String)] {
        [
            ("cluster_id", try await NameLookup(session.respondent).clusters(cluster)), ("link_name", link),
            ("kind", kind),
        ].filter { !$0.1.isEmpty }.map { (name: $0.0, value: $0.1.joined(separator: ",")) }
    }

    private func page(_ session: Session) async throws -> String {
        let filters = try await filters(session)
        let changes: [JSONValue]
        if let after {
            changes = try await session.respondent.changes(from: after, filters: filters, limit: limit) {
                session.tell("\($0) changes")
            }
        } else {
            changes = try await session.respondent.lastChanges(
                limit.map { $0 == 0 ? .max : $0 } ?? Self.usual,
                upTo: try await session.lastSequence,
                filters: filters
            ) { session.tell("\($0) changes to look through") }
        }
        switch session.form {
        case .json: return session.json(["data": .array(changes)])
        case .csv: return session.csv(Listing.changes.csv(changes))
        case .table:
            let around = try await session.surroundings(naming: true)
            let table = Listing.changes.table(changes, around, width: Terminal.width, paint: session.paint)
            return session.people(table, ServiceList(rows: changes), limit: nil)
        }
    }

    private func following(_ session: Session) async throws {
        let filters = try await filters(session)
        var names = try await session.surroundings(naming: session.form == .table)
        let last = try await session.lastSequence
        if session.form == .csv { try Terminal.deliver(Listing.changes.header) }
        func tell(_ changes: [JSONValue]) throws {
            names = Listing.Surroundings(now: session.now, clusterNames: names.clusterNames)
            try Terminal.deliver(changes.map { line(of: $0, session, names) }.joined())
        }
        if let limit, limit > 0 {
            try tell(try await session.respondent.lastChanges(limit, upTo: last, filters: filters))
        }
        let start = after ?? (limit == 0 ? 0 : last)
        try await session.respondent.follow(after: start, filters: filters) { event in
            switch event {
            case .changes(let changes): try tell(changes)
            case .lost(let error): Terminal.complain("linkwatch: \(error); asking again".plain)
            case .back: Terminal.complain("linkwatch: it answers again, nothing was missed")
            }
        }
    }

    private func line(of change: JSONValue, _ session: Session, _ around: Listing.Surroundings) -> String {
        switch session.form {
        case .json: session.json(change)
        case .csv: session.csv(Listing.changes.record(change))
        case .table: Listing.line(of: change, around, width: Terminal.width, paint: session.paint) + "\n"
        }
    }

    private static let usual = 20
}

extension Session {
    /// The number of the last change.
    var lastSequence: Int64 {
        get async throws {
            let status = try await respondent.ask(ServiceRequest(["api", "v1", "status"]))
            return Int64(status.object?["sequence"]?.int ?? 0)
        }
    }
}
