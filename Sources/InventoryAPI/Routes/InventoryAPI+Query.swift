import ExactJSON
import HTTPServing
import HTTPTypes
import Querying

/// `/api/v1/query`: read-only SQL over the documented views.
extension InventoryAPI {
    var queryRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/query",
                method: .post,
                id: "query",
                summary: "The rows of a SELECT over the views of the inventory; changes nothing",
                body: .queryRequest,
                answer: .itemOrText(.queryAnswer, types: [QueryFormat.csv.contentType]),
                handler: .asynchronous { try await query($0) }
            )
        ]
    }

    private func query(_ question: Question) async throws -> Response {
        let accept = question.request[.accept]
        guard let format = accept.map(QueryFormat.init(preferredBy:)) ?? .json else {
            throw QueryProblem.notAcceptable(accept: accept ?? "")
        }
        guard let sql = question.body["sql"]?.string else {
            throw APIProblem.badBody(reason: "sql is missing; send the text of a SELECT", member: "sql")
        }
        guard let queries else {
            throw QueryProblem.refused(.unavailable(reason: "this service was made without a means to answer them"))
        }
        let asked = QueryQuestion(
            sql: sql,
            parameters: try QueryParameters(member: question.body["parameters"]),
            format: format
        )
        let answer: QueryAnswer
        do throws(QueryRefusal) {
            answer = try await queries.answer(asked)
        } catch {
            throw QueryProblem.refused(error)
        }
        return Self.response(answer)
    }

    /// CSV has no place for what JSON tells beside the rows: that stands in fields of the answer.
    private static func response(_ answer: QueryAnswer) -> Response {
        var fields: HTTPFields = [.cacheControl: "no-store"]
        if let cut = answer.cut, let name = HTTPField.Name("Linkwatch-Truncated") { fields[name] = cut.rawValue }
        return .representation(
            Representation(
                contentType: answer.format.contentType,
                body: answer.body,
                extraFields: fields,
                isSentOften: false
            )
        )
    }
}

extension QueryParameters {
    /// Reads the member `parameters` of a request.
    fileprivate init(member: JSONValue?) throws(APIProblem) {
        switch member {
        case nil, .null?: self = .positional([])
        case .array(let values)?:
            var read: [QueryValue] = []
            for (index, value) in values.enumerated() {
                read.append(try QueryValue(value, at: "parameters[\(index)]"))
            }
            self = .positional(read)
        case .object(let object)?:
            var read: [Named] = []
            for member in object.members {
                read.append(
                    Named(name: member.name, value: try QueryValue(member.value, at: "parameters.\(member.name)"))
                )
            }
            self = .named(read)
        default:
            throw .badBody(
                reason: "parameters is neither an array of values nor an object of named ones; send it as one of them",
                member: "parameters"
            )
        }
    }
}

extension QueryValue {
    fileprivate init(_ value: JSONValue, at place: String) throws(APIProblem) {
        switch value {
        case .null: self = .null
        case .bool(let value): self = .integer(value ? 1 : 0)
        case .string(let text): self = .text(text)
        case .number(let number):
            if let integer = number.int {
                self = .integer(Int64(integer))
            } else if number.lexeme.utf8.allSatisfy({ $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }) {
                throw .badBody(
                    reason: "\(place) is a whole number of more than 64 bits; send it as a string",
                    member: place
                )
            } else {
                self = .real(number.double)
            }
        case .array, .object:
            throw .badBody(
                reason: "\(place) is no value that SQLite knows; send JSON as a string and read it with json_each",
                member: place
            )
        }
    }
}
