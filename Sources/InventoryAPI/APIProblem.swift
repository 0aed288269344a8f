import ClusterLinks
package import HTTPServing
import HTTPTypes
package import Inventory

/// What an answer of 4xx or 5xx is about; each case has its `type` in the problem document (RFC 9457).
package enum APIProblem: Error, Hashable {
    case unknownParameter(name: String, known: [String])
    case badParameter(name: String, value: String, allowed: String)
    case repeatedParameter(name: String)
    /// The body is no JSON, or says what the route does not know; the reason is a whole sentence.
    case badBody(reason: String, member: String?)
    /// The cursor is no cursor of ours, or was made for other filters.
    case badCursor
    /// The changes after that one are not kept any more.
    case sequenceGone(after: Int64, oldest: Int64)
    /// There is no such change yet.
    case sequenceAhead(after: Int64, latest: Int64)
    case unknownCluster(id: String)
    /// The cluster left the configuration: its past is here, but it is polled no more.
    case retiredCluster(id: String)
    case unknownLink(name: String, cluster: String)
    /// No link has the name any more, or had it last, but one had it before.
    case renamedLink(name: String, cluster: String, now: Renaming)
    /// The cluster is known, but no poll of it has succeeded yet.
    case notYetObserved(cluster: String)
    /// What was asked for as of an instant was first observed after it.
    case notObservedBy(instant: String, what: String)
    /// Links of that name are known, but none was listed under it at the instant; the reason completes the sentence.
    case notListedAt(instant: String, name: String, cluster: String, reason: String)
    /// Retention has let what was asked for go.
    case notKept(reason: String, keptFrom: String)
    case unauthenticated(reason: String)
    /// So many wrong tokens came from there that this one is not even answered.
    case tooManyAttempts(retryAfter: Duration)
    case forbidden(role: String, remedy: String)
    case foreignOrigin(origin: String)
    case notJSON(contentType: String?)
    case wrongHost(host: String)
    case pollerUnavailable(reason: String)
    /// The service runs on a configuration that came from no file.
    case nothingToReload
    /// The service stops and takes nothing over any more.
    case stopping
    /// The file has problems; the configuration in force stays.
    case configurationRefused(problems: [String])
}

extension APIProblem: ProblemError {
    package var problem: Problem {
        switch self {
        case .unknownParameter(let name, let known):
            Self.badRequest(
                .unknownParameter,
                "the query parameter \(name.prefix(64)) is not known here; "
                    + (known.isEmpty ? "there are none" : "known are \(known.sorted().joined(separator: ", "))"),
                parameter: name
            )
        case .badParameter(let name, let value, let allowed):
            Self.badRequest(
                .badParameter,
                "\(name)=\(value.prefix(64)) is not allowed: \(name) takes \(allowed)",
                parameter: name
            )
        case .repeatedParameter(let name):
            Self.badRequest(
                .badParameter,
                "the query parameter \(name.prefix(64)) is given twice: give it once, the values of a list joined with commas",
                parameter: name
            )
        case .badBody(let reason, let member):
            Self.make(
                .badBody,
                "Bad request",
                .badRequest,
                reason,
                extensions: member.map { [("member", String($0.prefix(64)))] } ?? []
            )
        case .badCursor:
            Self.badRequest(
                .badCursor,
                "the cursor was not made by this list with these filters: begin again without it",
                parameter: "cursor"
            )
        case .sequenceGone(let sequence, let oldest):
            Self.make(
                .sequenceGone,
                "Gone",
                .gone,
                "the changes after \(sequence) are not kept any more, the oldest is \(oldest): read the lists again and go on "
                    + "from their Linkwatch-Sequence, or take what there is with after=0",
                numbers: [("oldest_sequence", oldest)]
            )
        case .sequenceAhead(let sequence, let latest):
            Self.make(
                .sequenceAhead,
                "Bad request",
                .badRequest,
                "there is no change \(sequence) yet, the last is \(latest): it is not from this database; read the lists again "
                    + "and go on from their Linkwatch-Sequence",
                numbers: [("latest_sequence", latest)]
            )
        case .unknownCluster(let id):
            Self.make(
                .unknownCluster,
                "Unknown cluster",
                .notFound,
                "no cluster \(id) is or was configured: /api/v1/clusters lists those that are"
            )
        case .retiredCluster(let id):
            Self.make(
                .retiredCluster,
                "Retired cluster",
                .conflict,
                "cluster \(id) is not in the configuration any more and is not polled: put it back to poll it"
            )
        case .unknownLink(let name, let cluster):
            Self.make(
                .unknownLink,
                "Unknown link",
                .notFound,
                "cluster \(cluster) lists no link \(name): its links are at /api/v1/clusters/\(cluster)/links, "
                    + "and what went away is there with deleted=true"
            )
        case .renamedLink(let name, let cluster, let now):
            Self.make(
                .unknownLink,
                "Unknown link",
                .notFound,
                "cluster \(cluster) lists no link \(name): it was renamed, and "
                    + (now.isListed ? "is \(now.name) now" : "went away as \(now.name)")
                    + "; its past is at /api/v1/clusters/\(PathSegment.encoded(cluster))/links/"
                    + "\(PathSegment.encoded(now.name))/history",
                extensions: [("renamed_to", now.name)]
            )
        case .notYetObserved(let cluster):
            Self.make(
                .notYetObserved,
                "Not yet observed",
                .notFound,
                "no poll of cluster \(cluster) has succeeded yet: /api/v1/clusters/\(cluster) tells why"
            )
        case .notObservedBy(let instant, let what):
            Self.make(
                .notYetObserved,
                "Not yet observed",
                .notFound,
                "\(what) was not yet observed at \(instant): ask for a later instant"
            )
        case .notListedAt(let instant, let name, let cluster, let reason):
            Self.make(
                .unknownLink,
                "Unknown link",
                .notFound,
                "cluster \(cluster) listed no link \(name) at \(instant): \(reason)"
            )
        case .notKept(let reason, let keptFrom):
            Self.make(.notKept, "Not kept", .gone, reason, extensions: [("kept_from", keptFrom)])
        case .unauthenticated(let reason):
            Self.make(
                .unauthenticated,
                "Unauthenticated",
                .unauthorized,
                reason,
                fields: [.wwwAuthenticate: #"Bearer realm="linkwatch", Basic realm="linkwatch""#]
            )
        case .tooManyAttempts(let span):
            Self.make(
                .tooManyAttempts,
                "Too many attempts",
                .tooManyRequests,
                "too many wrong tokens came from your address; a right one is taken at any time",
                fields: [
                    .retryAfter: String(span.components.seconds + (span.components.attoseconds > 0 ? 1 : 0)),
                    // The next guess is to cost a connection.
                    .connection: "close",
                ]
            )
        case .forbidden(let role, let remedy):
            Self.make(.forbidden, "Forbidden", .forbidden, "this takes the role \(role): \(remedy)")
        case .foreignOrigin(let origin):
            Self.make(
                .foreignOrigin,
                "Foreign origin",
                .forbidden,
                "a page of \(origin.prefix(128)) may not write here: name it under http.cors_origins if it should"
            )
        case .notJSON(let contentType):
            Self.make(
                .unsupportedMediaType,
                "Unsupported media type",
                .unsupportedMediaType,
                "the content type is \(contentType?.prefix(64) ?? "missing"): send Content-Type: application/json"
            )
        case .wrongHost(let host):
            Self.make(
                .wrongHost,
                "Misdirected request",
                .misdirectedRequest,
                "the host \(host.prefix(128)) is not served here: name it under http.allowed_hosts"
            )
        case .pollerUnavailable(let reason):
            Self.make(
                .unavailable,
                "Unavailable",
                .serviceUnavailable,
                "the cluster cannot be polled now: \(reason)",
                fields: [.retryAfter: "1"]
            )
        case .nothingToReload:
            Self.make(
                .nothingToReload,
                "Nothing to reload",
                .conflict,
                "the configuration came from no file: start linkwatch serve with --config to have one"
            )
        case .stopping:
            Self.make(
                .unavailable,
                "Unavailable",
                .serviceUnavailable,
                "the service is stopping: ask again once it runs, it then reads its configuration anyway",
                fields: [.retryAfter: "1"]
            )
        case .configurationRefused(let problems):
            // The status that Prometheus answers a bad file with.
            Self.make(
                .configurationRefused,
                "Configuration refused",
                .internalServerError,
                "the configuration in force stays; correct the file and reload again:\n"
                    + problems.joined(separator: "\n"),
                lists: [("problems", problems)]
            )
        }
    }

    private static func badRequest(_ type: ProblemType, _ detail: String, parameter: String) -> Problem {
        make(type, "Bad request", .badRequest, detail, extensions: [("parameter", String(parameter.prefix(64)))])
    }

    static func make(
        _ type: ProblemType,
        _ title: String,
        _ status: HTTPResponse.Status,
        _ detail: String,
        fields: HTTPFields = [:],
        extensions: [(String, String)] = [],
        numbers: [(String, Int64)] = [],
        lists: [(String, [String])] = []
    ) -> Problem {
        var problem = Problem(type: type.reference, title: title, status: status, detail: detail, fields: fields)
        problem.extensions = extensions
        problem.numbers = numbers
        problem.lists = lists
        return problem
    }
}

extension HistoryError: ProblemError {
    package var problem: Problem {
        switch self {
        case .notKept(let from): APIProblem.notKept(reason: description, keptFrom: from.description).problem
        }
    }
}
