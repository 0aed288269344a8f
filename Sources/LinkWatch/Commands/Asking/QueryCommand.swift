import ArgumentParser
import Console
import ExactJSON
import Foundation
import ServiceClient

/// `linkwatch query`: a statement of SQL over the documented views.
struct QueryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "query",
        abstract: "Answers a SELECT over the inventory's views.",
        discussion: "A statement of - or none at all is read from standard input."
    )

    @Argument(help: "The statement, or - for standard input.")
    var sql: String?

    @Option(
        help: ArgumentHelp("The file that holds the statement, - for standard input.", valueName: "file"),
        completion: .file()
    )
    var file: String?

    @Option(
        parsing: .unconditionalSingleValue,
        help: ArgumentHelp(
            "The value of the next ? in the statement; text, unless it is JSON for a number, true, false or null.",
            valueName: "value"
        )
    )
    var parameter: [String] = []

    @OptionGroup var reading: ReadingOptions

    func validate() throws {
        if sql != nil, file != nil { throw ValidationError("a statement and --file were given: give one of them") }
        if sql == nil, file == nil, isatty(0) == 1 {
            throw ValidationError("give a statement, --file or something on standard input")
        }
    }

    func run() async throws {
        let statement = try Self.statement(sql, file: file)
        let body: JSONValue = ["sql": .string(statement), "parameters": .array(parameter.map(Self.value))]
        try await reading.show { session in
            let request = ServiceRequest(["api", "v1", "query"], method: .post, body: body)
            let answer: JSONValue
            do throws(ServiceError) {
                answer = try await session.respondent.ask(request)
            } catch {
                Self.point(into: statement, at: error)
                throw error
            }
            guard let table = QueryTable(answer) else {
                throw ServiceError.unintelligible(status: 200, reason: "an answer without columns and rows")
            }
            if table.isTruncated {
                Terminal.complain(
                    "linkwatch: these are \(table.count) rows, more than that the service does not tell at once: add a WHERE or a LIMIT"
                )
            }
            return switch session.form {
            case .json: session.json(answer)
            case .csv: session.csv(table.csv)
            case .table: table.table(width: Terminal.width, paint: session.paint) + "\n"
            }
        }
    }

    /// What cannot be anything but a number, a truth value or null is that; a text that looks like one stands in quotes.
    static func value(_ argument: String) -> JSONValue {
        guard let value = try? JSONValue(parsing: argument) else { return .string(argument) }
        return switch value {
        case .array, .object: .string(argument)
        default: value
        }
    }

    /// Shows the place that the service says it could not read on from.
    private static func point(into statement: String, at error: ServiceError) {
        guard case .refused(let problem) = error, let offset = problem.members["offset"]?.int else { return }
        if let place = PlaceInText(statement, offset: offset) { Terminal.complain(place.description) }
    }

    private static func statement(_ sql: String?, file: String?) throws -> String {
        if let sql, sql != "-" { return sql }
        return try InputFile(file ?? "-").text(longest: longest)
    }

    /// More than any service takes.
    private static let longest = 1 << 20
}
