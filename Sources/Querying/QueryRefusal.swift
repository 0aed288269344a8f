/// Why a question has no answer; nothing was changed, whatever it was.
package enum QueryRefusal: Error, Sendable, Hashable {
    /// The text holds no statement.
    case empty
    /// The text goes on after the first statement.
    case severalStatements
    /// The text holds a U+0000, at which SQLite would stop reading.
    case nulCharacter
    /// The statement has more bytes than are read.
    case tooLong(bytes: Int, limit: Int)
    /// The parameters have more bytes than are bound.
    case tooManyParameterBytes(bytes: Int, limit: Int)
    /// The statement does something other than read.
    case notReading(what: String)
    /// The statement reads what is none of the views.
    case foreignTable(name: String, views: [String])
    /// The statement calls a function that is not among those allowed.
    case foreignFunction(name: String)
    /// SQLite does not understand the statement, or it names what is not there.
    case invalid(message: String, offset: Int?, suggestion: String?)
    /// The values do not fit the statement's parameters.
    case badParameters(reason: String)
    /// The statement failed while it ran.
    case failed(message: String)
    /// A value grew beyond what one may have.
    case valueTooBig(limit: Int)
    /// The statement took longer than it may.
    case timeLimit(Duration)
    /// The statement took more memory than it may.
    case memoryLimit(bytes: Int)
    /// The process of the question ended in the middle of it.
    case crashed(signal: Int32)
    /// As many questions are being answered and wait as may at once.
    case busy
    /// Whoever asked went away.
    case cancelled
    /// The service stops.
    case stopping
    /// No process can be started for the question, or it cannot be confined, or it cannot read the database.
    case unavailable(reason: String)
}

extension QueryRefusal {
    /// A word of a bounded set, for the label of a metric.
    package var reason: String {
        switch self {
        case .empty, .severalStatements, .nulCharacter, .invalid, .badParameters: "invalid"
        case .tooLong, .tooManyParameterBytes: "too_long"
        case .notReading, .foreignTable, .foreignFunction: "not_allowed"
        case .failed: "failed"
        case .valueTooBig: "value_limit"
        case .memoryLimit: "memory_limit"
        case .timeLimit: "time_limit"
        case .crashed: "crashed"
        case .busy: "busy"
        case .cancelled: "cancelled"
        case .stopping: "stopping"
        case .unavailable: "unavailable"
        }
    }

    package static let reasons = [
        "busy", "cancelled", "crashed", "failed", "invalid", "memory_limit", "not_allowed", "stopping", "time_limit",
        "too_long", "unavailable", "value_limit",
    ]
}

extension QueryRefusal: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty: "there is no statement: send one SELECT"
        case .severalStatements: "there is more than one statement: send one at a time"
        case .nulCharacter: "the statement holds a U+0000: leave it out, or bind it in a parameter"
        case .tooLong(let bytes, let limit):
            "the statement has \(bytes) bytes and may have \(limit): bind long lists as a JSON array and read them with json_each"
        case .tooManyParameterBytes(let bytes, let limit):
            "the parameters have \(bytes) bytes and may have \(limit): ask in parts"
        case .notReading(let what): "\(what) is not allowed: a statement can only read, with SELECT, WITH or VALUES"
        case .foreignTable(let name, let views):
            "\(name) is none of the views: there are \(views.joined(separator: ", ")); a WITH of yours takes a name that no table has"
        case .foreignFunction(let name):
            "the function \(name) is not allowed: SQLite's own for texts, numbers, times, JSON, aggregates and windows are"
        case .invalid(let message, let offset, let suggestion):
            message + (offset.map { " (at byte \($0))" } ?? "") + (suggestion.map { "; did you mean \($0)?" } ?? "")
        case .badParameters(let reason): reason
        case .failed(let message): "the statement failed: \(message)"
        case .valueTooBig(let limit):
            "a value of the statement is greater than \(limit) bytes: take a part of it, or fewer rows into one"
        case .timeLimit(let time):
            "the statement was ended after \(time.seconds) s: ask for less, by cluster_id, link_name or sequence, which are found without looking through all rows"
        case .memoryLimit(let bytes):
            "the statement takes more than \(bytes >> 20) MiB of memory: name the columns that are needed, sort and group fewer rows"
        case .crashed(let signal):
            "the process of the statement ended without an answer (signal \(signal)), and nothing else did: make the statement simpler"
        case .busy: "as many statements as may at once are running: ask again in a second"
        case .cancelled: "whoever asked went away"
        case .stopping: "the service is stopping: ask again once it runs"
        case .unavailable(let reason): "statements cannot be answered now: \(reason)"
        }
    }
}
