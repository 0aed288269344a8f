import ArgumentParser
import Console
import ExactJSON
import ServiceClient

/// What every command has that does something: at which service, who does it, and how it tells of it.
struct ActingOptions: ParsableArguments {
    @OptionGroup var remote: RemoteOptions
    @OptionGroup var output: OutputOptions

    /// Lends the service; what goes wrong is told on standard error and ends the command.
    func run(_ body: (Session) async throws -> Void) async throws {
        try await Session.told {
            let address = try remote.service.address().description
            try await remote.withService { try await body(Session($0, output, name: address)) }
        }
    }

    /// A shell makes an empty argument of a variable that is not set.
    func demandNamed(_ ids: [String]) throws {
        if ids.contains("") { throw ValidationError("an id is empty") }
    }

    /// Does one thing to each of several, and shows what they are now.
    ///
    /// - Throws: `ExitCode`: 2 where some could not be done, 1 where none could.
    func run(
        each ids: [String],
        as listing: Listing,
        _ request: @escaping @Sendable (String) -> ServiceRequest
    ) async throws {
        try await run { session in
            var (done, failures): ([JSONValue], [ServiceError]) = ([], [])
            for id in ids {
                do throws(ServiceError) {
                    done.append(try await session.respondent.ask(request(id)))
                } catch {
                    failures.append(error)
                    Terminal.complain("linkwatch: \(id): \(error)".plain)
                }
            }
            if !done.isEmpty { try session.deliver(done, as: listing) }
            guard failures.isEmpty else { throw done.isEmpty ? ExitCode.failure : ExitCode(2) }
        }
    }
}

extension Session {
    /// Writes single rows in the form that a list of them has.
    func deliver(_ rows: [JSONValue], as listing: Listing) throws {
        let around = Listing.Surroundings(now: now)
        let text =
            switch form {
            case .json: rows.map(json).joined()
            case .csv: csv(listing.csv(rows))
            case .table: listing.table(rows, around, width: Terminal.width, paint: paint) + "\n"
            }
        try Terminal.deliver(text)
    }
}
