import Alerting
import ExactJSON
import HTTPServing
import HTTPTypes
import Inventory

/// Taking care of an alert, and taking that back.
extension InventoryAPI {
    var acknowledgementRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/alerts/{alert_id}/ack",
                method: .post,
                id: "acknowledgeAlert",
                summary: "Says that someone takes care of an alert, and silences its notifications until it resolves",
                body: .acknowledgementRequest,
                role: .operate,
                answer: .item(.alert),
                handler: .asynchronous { try await acknowledge($0) }
            ),
            APIRoute(
                "/api/v1/alerts/{alert_id}/ack",
                method: .delete,
                id: "withdrawAcknowledgement",
                summary: "Takes an acknowledgement back: the alert's notifications go on",
                role: .operate,
                answer: .item(.alert),
                handler: .asynchronous { try await withdraw($0) }
            ),
        ]
    }

    private func acknowledge(_ question: Question) async throws -> Response {
        let principal = try question.principal
        let id = question.alertID
        let body = question.body.signed("by", by: principal)
        do throws(PeopleFault) {
            _ = try await inventory.acknowledge(id, actor: principal.actor, peer: principal.origin) {
                alert,
                now throws(SuppressionFault) in
                try Acknowledgement(body: body, of: alert, at: now)
            }
        } catch {
            throw problem(error, ofAlert: id)
        }
        return try await answer(aboutAlert: id)
    }

    private func withdraw(_ question: Question) async throws -> Response {
        let id = question.alertID
        let principal = try question.principal
        if let item = presentAlerts.alert(id), item.acknowledgement == nil {
            throw AlertProblem.notAcknowledged(alert: id)
        }
        do throws(PeopleFault) {
            try await inventory.withdrawAcknowledgement(of: id, actor: principal.actor, peer: principal.origin)
        } catch {
            throw problem(error, ofAlert: id)
        }
        return try await answer(aboutAlert: id)
    }

    /// While the database fails, an alert may be there that it knows nothing of.
    private func problem(_ fault: PeopleFault, ofAlert id: String) -> AlertProblem {
        if case .unknown = fault, presentAlerts.alert(id) != nil {
            return .notStored(reason: "the alert itself is not stored yet")
        }
        return AlertProblem(fault) { .unknownAlert(id: $0) }
    }

    private func answer(aboutAlert id: String) async throws -> Response {
        let present = presentAlerts
        let stored = present.alert(id) == nil ? try await history.alert(id)?.row : nil
        guard let item = present.alert(id, stored: stored) else { throw AlertProblem.unknownAlert(id: id) }
        return .bytes(present.json(of: item).encoded, contentType: JSONAnswer.contentType)
    }
}

extension JSONObject {
    /// The same with the name of the token where nobody is named: who has a name need not say it again.
    func signed(_ member: String, by principal: Principal) -> JSONObject {
        guard self[member]?.isNull ?? true, let name = principal.token else { return self }
        var signed = self
        signed[member] = .string(name)
        return signed
    }
}
