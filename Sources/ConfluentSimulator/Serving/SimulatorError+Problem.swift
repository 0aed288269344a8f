package import HTTPServing
import HTTPTypes

extension SimulatorError: ProblemError {
    /// What the control interface tells whoever asked: 404, 409, 400, or 500 for zlib's refusal.
    package var problem: Problem {
        Problem(type: reason.replacing("_", with: "-"), status: status, detail: description)
    }

    private var status: HTTPResponse.Status {
        switch self {
        case .unknownCluster, .unknownLink, .unknownTask, .unknownFault: .notFound
        case .clusterExists, .linkExists: .conflict
        case .badRequest: .badRequest
        case .compression: .internalServerError
        }
    }
}
