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

    @Option(help: ArgumentHelp("The file that holds the statement.", valueName: "file"), completion: .file())
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
            let answer = try await session.respondent.ask(request)
            guard let table = QueryTable(answer) else {
                throw ServiceError.unintelligible(status: 200, reason: "an answer without columns and rows")
            }
            if table.isTruncated {
                Terminal.complain(
                    "linkwatch: there are more rows: the service answers with so many at most; add a WHERE or a LIMIT"
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

    private static func statement(_ sql: String?, file: String?) throws -> String {
        if let sql, sql != "-" { return sql }
        let path = file ?? "/dev/stdin"
        guard let handle = FileHandle(forReadingAtPath: path),
            let data = try? handle.read(upToCount: longest + 1) ?? Data()
        else {
            throw ValidationError("\(file ?? "standard input") cannot be read")
        }
        guard data.count <= longest else { throw ValidationError("the statement is longer than \(longest) bytes") }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw ValidationError("the statement is not UTF-8")
        }
        return text
    }

    /// More than any service takes.
    private static let longest = 1 << 20
}
