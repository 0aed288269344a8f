import Alerting
import ClusterLinks
import ExactJSON
import HTTPServing
import HTTPTypes
import Inventory

/// `/api/v1/silences`: spans of time in which nobody is told of certain alerts.
extension InventoryAPI {
    private static let state = Parameter(
        "state",
        "Only silences in these states; active and pending where it is not given.",
        .list(Silence.State.allCases.map(\.rawValue))
    )

    var silenceRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/silences",
                id: "listSilences",
                summary: "The silences, those that end last first",
                parameters: [Self.state, .limit, .cursor],
                role: .operate,
                answer: .list(of: .silence),
                handler: .asynchronous { try await silences($0) }
            ),
            APIRoute(
                "/api/v1/silences",
                method: .post,
                id: "createSilence",
                summary: "Keeps a silence, now or ahead of time",
                body: .silenceRequest,
                role: .operate,
                answer: .item(.silence),
                handler: .asynchronous { try await silence($0) }
            ),
            APIRoute(
                "/api/v1/silences/{silence_id}",
                id: "getSilence",
                summary: "One silence, also one that is over",
                role: .operate,
                answer: .item(.silence),
                handler: .asynchronous { try await oneSilence($0) }
            ),
            APIRoute(
                "/api/v1/silences/{silence_id}",
                method: .delete,
                id: "endSilence",
                summary: "Ends a silence now; it stays to be read",
                role: .operate,
                answer: .item(.silence),
                handler: .asynchronous { try await endSilence($0) }
            ),
        ]
    }

    private func silences(_ question: Question) async throws -> Response {
        let asked: [Silence.State]? = try question.choices(Self.state.name)
        let states = Set(asked ?? [.active, .pending])
        let now = now
        let sequence = view.sequence
        let page = try await NewestFirst.page(question) {
            try await history.silences(states, at: now, after: $0, limit: $1)
        } position: {
            History.AlertPosition(at: $0.endsAt, id: $0.id)
        }
        return JSONAnswer.response(
            JSONList.encoded(page.items, nextCursor: page.nextCursor) { Self.json(of: $0, at: now).write(into: &$1) },
            sequence: sequence
        )
    }

    private func oneSilence(_ question: Question) async throws -> Response {
        guard let silence = try await history.silence(question.silenceID) else {
            throw AlertProblem.unknownSilence(id: question.silenceID)
        }
        return JSONAnswer.response(Self.json(of: silence, at: now))
    }

    private func silence(_ question: Question) async throws -> Response {
        let principal = try question.principal
        let body = question.body.signed("created_by", by: principal)
        return try await answer {
            () async throws(PeopleFault) in
            try await inventory.silence(actor: principal.actor, peer: principal.origin) {
                id,
                now throws(SuppressionFault) in
                try Silence(body: body, id: id, now: now)
            }
        }
    }

    private func endSilence(_ question: Question) async throws -> Response {
        let principal = try question.principal
        return try await answer {
            () async throws(PeopleFault) in
            try await inventory.endSilence(question.silenceID, actor: principal.actor, peer: principal.origin)
        }
    }

    private func answer(_ act: () async throws(PeopleFault) -> Silence) async throws -> Response {
        do throws(PeopleFault) {
            let silence = try await act()
            return .bytes(Self.json(of: silence, at: now).encoded, contentType: JSONAnswer.contentType)
        } catch {
            throw AlertProblem(error) { .unknownSilence(id: $0) }
        }
    }

    private static func json(of silence: Silence, at now: Instant) -> JSONObject {
        var json = silence.json
        json["state"] = .string(silence.state(at: now).rawValue)
        return json
    }
}

extension Question {
    /// The silence that the path names.
    fileprivate var silenceID: String { request.parameters["silence_id"] }
}
