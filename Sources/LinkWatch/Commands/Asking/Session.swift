import ArgumentParser
import ClusterLinks
import Console
import ExactJSON
import Foundation
import Inventory
import Locking
import ServiceClient

/// One command's conversation with who answers it, and how it writes what it hears.
struct Session: Sendable {
    let respondent: any Respondent
    let form: OutputOptions.Form
    let paint: Paint
    /// Whom it asks, as people know it.
    private let name: String
    /// The last instant that a database's file tells of; nil where a service is asked.
    private let asOf: Instant?
    private let progress = ProgressLine()
    private let stage = Locked("")

    init(_ respondent: any Respondent, _ output: OutputOptions, name: String, asOf: Instant? = nil) {
        self.respondent = respondent
        form = output.output
        paint = output.paint
        self.name = name
        self.asOf = asOf
    }

    var now: Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }

    /// The instant that questions about the past count from.
    var latest: Instant { asOf ?? now }

    var isOfFile: Bool { asOf != nil }

    /// Tells what a command waits for, where it waits long.
    func tell(_ stage: String) { self.stage.withLock { $0 = stage } }

    /// Shows on a terminal that work goes on; nothing is left of it afterwards.
    func withProgress<Success: Sendable>(_ work: @Sendable () async throws -> Success) async throws -> Success {
        guard progress.isTerminal else { return try await work() }
        progress.begin()
        defer { progress.clear() }
        async let _: Void = tick()
        return try await work()
    }

    private func tick() async {
        // Cancelled when the work is done.
        while (try? await ContinuousClock().sleep(for: .milliseconds(100))) != nil {
            progress.show("asking \(name.plain) \(stage.withLock(\.self))")
        }
    }

    /// Runs a command's work, and tells in one sentence what went wrong.
    ///
    /// - Throws: `ExitCode`: 64 where the question was wrong, 1 where there was no answer; none where Control-C ended it.
    static func told(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch let error as ServiceError {
            Terminal.complain("linkwatch: \("\(error)".plain)")
            throw error.isMisuse ? ExitCode.validationFailure : ExitCode.failure
        } catch let error where Self.isTold(error) {
            Terminal.complain("linkwatch: \("\(error)".plain)")
            throw ExitCode.failure
        }
    }
}

extension Session {
    /// Whether an error is a sentence for people; any other is told by the parser of command lines.
    private static func isTold(_ error: any Error) -> Bool {
        error is UnknownName || error is InventoryFileError || error is TerminalError || error is ServedDatabase.Fault
    }

    /// Shows an answer once, or again and again.
    /// - Parameter answer: asks and renders.
    func show(_ watch: WatchOptions, _ answer: @escaping @Sendable (Session) async throws -> String) async throws {
        if watch.watch {
            try await Watching(every: watch.every.duration, form: form).run {
                try await withProgress { try await answer(self) }
            }
        } else {
            try Terminal.deliver(try await withProgress { try await answer(self) })
        }
    }

    /// Asks for a list, all of its pages or as many rows as are wanted, and writes it.
    ///
    /// - Parameters:
    ///   - limit: how many rows; nil for as many as suit the form: all for programs, `usual` for people.
    ///   - usual: nil for all.
    func answer(
        _ request: ServiceRequest,
        as listing: Listing,
        limit: Int?,
        usual: Int? = nil,
        pageSize: Int = 1000
    ) async throws -> String {
        let most = limit.map { $0 == 0 ? nil : $0 } ?? (form == .table ? usual : nil)
        let list = try await respondent.list(request, limit: most, pageSize: pageSize) { tell("\($0) rows") }
        switch form {
        case .json: return json(.object(list.document))
        case .csv: return csv(listing.csv(list.rows))
        case .table:
            let around = try await surroundings(naming: listing.tellsClusterNames)
            let table = listing.table(list.rows, around, width: Terminal.width, paint: paint)
            return people(table, list, limit: most)
        }
    }

    /// A text for people, with what is to be known of it.
    func people(_ text: String, _ list: ServiceList, limit: Int?) -> String {
        var lines = [text]
        if list.isCut, let limit { lines.append("these are \(limit), and there are more: --limit 0 shows all") }
        if let asOf {
            lines.append("as of \(asOf.toTheSecond)  \(asOf.relative(to: now)), the last that \(name.plain) tells of")
        }
        return lines.joined(separator: "\n") + "\n"
    }

    func json(_ value: JSONValue) -> String {
        let text = String(decoding: value.encoded, as: UTF8.self)
        return (Terminal.isOutput ? text.withEscapedControls : text) + "\n"
    }

    /// For a terminal what would command it is taken out; a program gets what the upstream said.
    func csv(_ text: String) -> String {
        guard Terminal.isOutput else { return text }
        return text.replacing("\r\n", with: "\n").split(separator: "\n", omittingEmptySubsequences: false)
            .map { String($0).plain }.joined(separator: "\n")
    }

    func surroundings(naming isNaming: Bool) async throws -> Listing.Surroundings {
        let names = isNaming ? try await NameLookup(respondent).clusterNames() : [:]
        return Listing.Surroundings(now: now, clusterNames: names)
    }
}
