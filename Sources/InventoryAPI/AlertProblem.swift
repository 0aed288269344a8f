import Alerting
import ClusterLinks
import HTTPServing
import HTTPTypes
import Inventory

/// What an answer of 4xx or 5xx is about where it is about alerts and what people do about them.
enum AlertProblem: Error {
    case unknownAlert(id: String)
    case unknownSilence(id: String)
    case unknownIncident(id: String)
    /// Nobody has acknowledged the alert, so that nothing can be taken back.
    case notAcknowledged(alert: String)
    /// The silence has ended already.
    case silenceIsOver(id: String, endedAt: Instant)
    case refused(SuppressionFault)
    /// The database refuses writes: nothing was kept, and nothing follows.
    case notStored(reason: String)

    /// - Parameter unknown: what is not there, where it is that.
    init(_ fault: PeopleFault, unknown: (String) -> AlertProblem) {
        switch fault {
        case .unknown(let id): self = unknown(id)
        case .refused(let fault): self = .refused(fault)
        case .silenceIsOver(let id, let endedAt): self = .silenceIsOver(id: id, endedAt: endedAt)
        case .notStored(let reason): self = .notStored(reason: reason)
        }
    }
}

extension AlertProblem: ProblemError {
    var problem: Problem {
        switch self {
        case .unknownAlert(let id):
            APIProblem.make(
                .unknownAlert,
                "Unknown alert",
                .notFound,
                "there is no alert \(id.prefix(64)): /api/v1/alerts lists those that there are"
            )
        case .unknownSilence(let id):
            APIProblem.make(
                .unknownSilence,
                "Unknown silence",
                .notFound,
                "there is no silence \(id.prefix(64)): /api/v1/silences?state=active,pending,expired lists all"
            )
        case .unknownIncident(let id):
            APIProblem.make(
                .unknownIncident,
                "Unknown incident",
                .notFound,
                "there is no incident \(id.prefix(64)): /api/v1/incidents?state=open,closed lists all"
            )
        case .notAcknowledged(let id):
            APIProblem.make(
                .notAcknowledged,
                "Not acknowledged",
                .conflict,
                "alert \(id) is not acknowledged: there is nothing to take back"
            )
        case .silenceIsOver(let id, let endedAt):
            APIProblem.make(
                .silenceOver,
                "Silence over",
                .conflict,
                "silence \(id) ended at \(endedAt): there is nothing left to end"
            )
        case .refused(let fault): fault.problem
        case .notStored(let reason):
            APIProblem.make(
                .notStored,
                "Not stored",
                .serviceUnavailable,
                "the database refuses to store it, so nothing was done; try again once it writes: \(reason)",
                fields: [.retryAfter: "5"]
            )
        }
    }
}

extension SuppressionFault {
    /// A type for each reason; an acknowledgement of what is over conflicts with the alert, all else is wrong by itself.
    fileprivate var problem: Problem {
        switch self {
        case .alreadyResolved:
            APIProblem.make(.alreadyResolved, "Already resolved", .conflict, description)
        case .unreadable(let field, _):
            APIProblem.badBody(reason: description, member: field).problem
        case .noEnd: refusal(.noEnd)
        case .endsBeforeItStarts: refusal(.endsBeforeStart)
        case .endsInThePast: refusal(.inThePast)
        case .noMatcher: refusal(.noMatcher)
        case .tooManyMatchers: refusal(.tooManyMatchers)
        case .badLabelName: refusal(.badLabelName)
        case .badPattern: refusal(.badPattern)
        case .matchesEverything: refusal(.matchesEverything)
        case .noAuthor: refusal(.noAuthor)
        case .noComment: refusal(.noComment)
        case .tooLong: refusal(.tooLong)
        }
    }

    private func refusal(_ type: ProblemType) -> Problem {
        APIProblem.make(type, "Bad request", .badRequest, description)
    }
}
