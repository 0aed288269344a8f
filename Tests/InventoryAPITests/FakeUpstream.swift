import ClusterLinks
import InventoryAPI
import KafkaREST
import Locking

/// A cluster that answers what a test says, and remembers what it was asked and by whom.
final class FakeUpstream: UpstreamControl {
    struct Asked: Sendable {
        let request: ForwardedRequest
        let cluster: ClusterID
        /// Nil for a question.
        let actor: String?
    }

    private struct State {
        var answer: Result<ForwardedAnswer, ForwardRefusal>?
        var asked: [Asked] = []
    }

    private let state = Locked(State())

    /// Gives one answer to everything from now on; until then each has the answer of a cluster that does what it is asked.
    func answer(_ answer: Result<ForwardedAnswer, ForwardRefusal>) { state.withLock { $0.answer = answer } }

    var asked: [Asked] { state.withLock(\.asked) }

    func read(
        _ request: ForwardedRequest,
        of cluster: ClusterID
    ) async throws(ForwardRefusal) -> ForwardedAnswer {
        try take(Asked(request: request, cluster: cluster, actor: nil))
            ?? ForwardedAnswer(
                status: 200,
                contentType: "application/json",
                body: Array(#"{"kind":"KafkaMirrorDataList","metadata":{"self":"x","next":null},"data":[]}"#.utf8)
            )
    }

    func write(
        _ request: ForwardedRequest,
        on cluster: ClusterID,
        by principal: Principal
    ) async throws(ForwardRefusal) -> ForwardedAnswer {
        let answer = try take(Asked(request: request, cluster: cluster, actor: principal.actor))
        if case .delete = request.operation { return answer ?? ForwardedAnswer(status: 204) }
        return answer ?? ForwardedAnswer(status: 201)
    }

    private func take(_ asked: Asked) throws(ForwardRefusal) -> ForwardedAnswer? {
        let answer = state.withLock { state in
            state.asked.append(asked)
            return state.answer
        }
        return try answer?.get()
    }
}
