import HTTPServing
import HTTPTypes
import Querying

/// What an answer of 4xx or 5xx is about where it is about a statement in SQL.
enum QueryProblem: Error {
    case refused(QueryRefusal)
    /// What Accept names is not offered.
    case notAcceptable(accept: String)
}

extension QueryProblem: ProblemError {
    var problem: Problem {
        switch self {
        case .refused(let refusal): refusal.problem
        case .notAcceptable(let accept):
            APIProblem.make(
                .notAcceptable,
                "Not acceptable",
                .notAcceptable,
                "rows come as application/json or text/csv, and Accept is \(accept.prefix(128)): name one of them"
            )
        }
    }
}

extension QueryRefusal {
    fileprivate var problem: Problem {
        switch self {
        case .empty, .severalStatements, .nulCharacter, .badParameters, .invalid:
            APIProblem.make(
                .badQuery,
                "Bad request",
                .badRequest,
                description,
                numbers: offset.map { [("offset", $0)] } ?? []
            )
        case .notReading, .foreignFunction:
            APIProblem.make(.queryNotAllowed, "Bad request", .badRequest, description)
        case .foreignTable(_, let views):
            APIProblem.make(.queryNotAllowed, "Bad request", .badRequest, description, lists: [("views", views)])
        case .tooLong, .tooManyParameterBytes:
            APIProblem.make(.queryTooLong, "Content too large", .contentTooLarge, description)
        case .timeLimit, .memoryLimit, .valueTooBig:
            APIProblem.make(.queryLimit, "Unprocessable content", .unprocessableContent, description)
        case .failed, .crashed:
            APIProblem.make(.queryFailed, "Unprocessable content", .unprocessableContent, description)
        case .busy:
            APIProblem.make(
                .queriesBusy,
                "Unavailable",
                .serviceUnavailable,
                description,
                fields: [.retryAfter: "1"]
            )
        case .cancelled, .stopping, .unavailable:
            APIProblem.make(
                .unavailable,
                "Unavailable",
                .serviceUnavailable,
                description,
                fields: [.retryAfter: "1"]
            )
        }
    }

    private var offset: Int64? {
        if case .invalid(_, let offset?, _) = self { Int64(offset) } else { nil }
    }
}
