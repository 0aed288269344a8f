package import ExactJSON

/// Why a question to linkwatch brought no answer that says yes.
package enum ServiceError: Error, Sendable {
    /// Nobody answered at the address.
    case unreachable(address: String, reason: String)
    /// What answered is no linkwatch, or something between did.
    case unintelligible(status: Int, reason: String)
    /// No token, or a wrong one.
    case unauthenticated(detail: String, role: String)
    /// The role does not suffice, or something is turned off.
    case forbidden(detail: String, role: String)
    /// The service said no for a reason of its own.
    case refused(ServiceProblem)
    /// The file with the token cannot be used.
    case badToken(path: String, reason: String)
}

/// What the service says of a question that it does not grant: its problem document, or an error in Confluent's shape.
package struct ServiceProblem: Sendable {
    package let status: Int
    /// The last part of the type's address, such as `unknown-link`; empty for what the status says.
    package let type: String
    package let detail: String
    package let members: JSONObject

    package init(status: Int, type: String, detail: String, members: JSONObject = JSONObject()) {
        self.status = status
        self.type = type
        self.detail = detail
        self.members = members
    }

    /// Nil where the body is neither.
    init?(_ answer: ServiceAnswer) {
        guard let members = try? JSONValue(parsing: answer.body).object,
            let detail = members["detail"]?.string ?? members["message"]?.string
        else { return nil }
        let type = members["type"]?.string ?? ""
        self.init(
            status: answer.status,
            type: type.hasPrefix("/problems/") ? String(type.dropFirst("/problems/".count)) : "",
            detail: detail,
            members: members
        )
    }
}

extension ServiceError {
    init(_ answer: ServiceAnswer, to request: ServiceRequest) {
        guard let problem = ServiceProblem(answer) else {
            self = .unintelligible(status: answer.status, reason: "its body is no problem document")
            return
        }
        self =
            switch answer.status {
            case 401: .unauthenticated(detail: problem.detail, role: request.role)
            case 403: .forbidden(detail: problem.detail, role: request.role)
            default: .refused(problem)
            }
    }

    /// Whether the same question may be granted a little later: nobody answered, or the service cannot just now.
    package var isPassing: Bool {
        switch self {
        case .unreachable: true
        case .unintelligible(let status, _): status >= 500
        case .refused(let problem): problem.status >= 500 || problem.status == 429
        case .unauthenticated, .forbidden, .badToken: false
        }
    }

    /// What the service said of a link, cluster or alert that is not there; nil for any other error.
    package var absence: ServiceProblem? {
        if case .refused(let problem) = self, problem.status == 404 { problem } else { nil }
    }

    /// Whether the question itself was wrong.
    package var isMisuse: Bool {
        if case .refused(let problem) = self {
            problem.status == 400 && problem.type.hasSuffix("-parameter")
        } else {
            false
        }
    }
}

extension ServiceError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unreachable(let address, let reason):
            "no answer from \(address): \(reason); is the service running there? --url or LINKWATCH_URL names another address"
        case .unintelligible(let status, let reason):
            "the answer is not linkwatch's (status \(status): \(reason)): --url or LINKWATCH_URL has to name a linkwatch"
        case .unauthenticated(let detail, let role):
            Self.denied(detail, role, "this takes a token of the role \(role) or above")
        case .forbidden(let detail, let role):
            Self.denied(detail, role, "this takes the role \(role)")
        case .refused(let problem): problem.detail
        case .badToken(let path, let reason):
            "the token's file \(path) \(reason): LINKWATCH_TOKEN_FILE or --token-file has to name a file with one line"
        }
    }

    /// Most refusals tell the role themselves, and those in Confluent's shape end as sentences do.
    private static func denied(_ detail: String, _ role: String, _ need: String) -> String {
        let detail = detail.hasSuffix(".") ? String(detail.dropLast()) : detail
        let told = detail.contains("role \(role)") ? detail : "\(detail): \(need)"
        return told + "; LINKWATCH_TOKEN_FILE or --token-file names the token's file"
    }
}
