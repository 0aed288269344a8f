import Alerting
import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// `/api/v1/incidents`: firing alerts by their cause.
extension InventoryAPI {
    /// Whether anything of it still fires.
    enum IncidentState: String, CaseIterable {
        case open, closed
    }

    private static let state = Parameter(
        "state",
        "Only incidents in these states; open where it is not given.",
        .list(IncidentState.allCases.map(\.rawValue))
    )

    var incidentRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/incidents",
                id: "listIncidents",
                summary: "Firing alerts grouped by cause, with the reason for it; those that opened last first",
                parameters: [Self.state, .limit, .cursor],
                answer: .list(of: .incident),
                handler: .asynchronous { try await incidents($0) }
            ),
            APIRoute(
                "/api/v1/incidents/{incident_id}",
                id: "getIncident",
                summary: "One incident, and who was told of it",
                answer: .item(.incidentDetail),
                handler: .asynchronous { try await incident($0) }
            ),
        ]
    }

    private func incidents(_ question: Question) async throws -> Response {
        let states: [IncidentState] = try question.choices(Self.state.name) ?? [.open]
        let present = presentAlerts
        let page = try await NewestFirst.page(question, open: states.contains(.open) ? present.board.incidents : []) {
            states.contains(.closed) ? try await history.incidents(open: false, after: $0, limit: $1) : []
        } position: {
            History.AlertPosition(at: $0.openedAt, id: $0.id)
        }
        let counts = try await history.notificationCounts(ofIncidents: page.items.map(\.id))
        return JSONAnswer.response(
            JSONList.encoded(page.items, nextCursor: page.nextCursor) { incident, bytes in
                Self.json(of: incident, notifications: counts[incident.id] ?? 0).write(into: &bytes)
            },
            sequence: present.view.sequence
        )
    }

    private func incident(_ question: Question) async throws -> Response {
        let id = question.request.parameters["incident_id"]
        let present = presentAlerts
        let open = present.board.incidents.first { $0.id == id }
        let stored = try await history.incident(id)
        // What is in memory is newer, but for an incident that has closed since.
        guard let incident = stored?.incident.isOpen == false ? stored?.incident : open ?? stored?.incident else {
            throw AlertProblem.unknownIncident(id: id)
        }
        let notifications = stored?.notifications ?? []
        var json = Self.json(of: incident, notifications: notifications.count)
        json["notifications"] = .array(notifications.map { .object(AlertHistoryJSON.object($0)) })
        return JSONAnswer.response(json, sequence: present.view.sequence)
    }

    private static func json(of incident: Incident, notifications: Int) -> JSONObject {
        var json = incident.json
        json["notification_count"] = .int(notifications)
        return json
    }
}
