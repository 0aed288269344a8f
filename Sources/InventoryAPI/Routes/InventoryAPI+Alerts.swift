import Alerting
import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// `/api/v1/alerts`, and one alert with all that happened to it.
extension InventoryAPI {
    private static let filters: [Parameter] = [
        Parameter("state", "Only alerts in these states.", .list(AlertState.allCases.map(\.rawValue))),
        Parameter("kind", "Only alerts of these kinds.", .list(AlertKind.allCases.map(\.rawValue))),
        Parameter("severity", "Only alerts of these severities.", .list(AlertSeverity.allCases.map(\.rawValue))),
        Parameter("cluster_id", "Only alerts of these clusters.", .list()),
        Parameter("link_name", "Only alerts of links of these names.", .list()),
        Parameter("fingerprint", "Only the occurrences of these alerts.", .list()),
    ]

    var alertRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/alerts",
                id: "listAlerts",
                summary: "The alerts of the fleet, those that began last first",
                parameters: Self.filters + [.limit, .cursor],
                answer: .list(of: .alert),
                handler: .asynchronous { try await alerts($0) }
            ),
            APIRoute(
                "/api/v1/alerts/{alert_id}",
                id: "getAlert",
                summary: "One alert with every step of its life, and who was told of it",
                answer: .item(.alertDetail),
                handler: .asynchronous { try await alert($0) }
            ),
        ]
    }

    private func alerts(_ question: Question) async throws -> Response {
        let filter = try AlertFilter(question)
        let present = presentAlerts
        let page = try await NewestFirst.page(question, open: present.open.filter { filter.admits($0.alert) }) {
            try await pastAlerts(filter, after: $0, limit: $1)
        } position: {
            $0.position
        }
        return JSONAnswer.response(
            JSONList.encoded(page.items, nextCursor: page.nextCursor) { present.json(of: $0).write(into: &$1) },
            sequence: present.view.sequence
        )
    }

    private func pastAlerts(
        _ filter: AlertFilter,
        after position: History.AlertPosition?,
        limit: Int
    ) async throws -> [PresentableAlert] {
        guard filter.states?.contains(.resolved) ?? true else { return [] }
        var filter = filter
        filter.states = [.resolved]
        return try await history.alerts(filter, after: position, limit: limit).map(PresentableAlert.init)
    }

    private func alert(_ question: Question) async throws -> Response {
        let present = presentAlerts
        let stored = try await history.alert(question.alertID)
        guard let item = present.alert(question.alertID, stored: stored?.row) else {
            throw AlertProblem.unknownAlert(id: question.alertID)
        }
        var json = present.json(of: item)
        json["events"] = .array((stored?.events ?? []).map { .object(AlertHistoryJSON.object($0)) })
        json["notifications"] = .array((stored?.notifications ?? []).map { .object(AlertHistoryJSON.object($0)) })
        return JSONAnswer.response(json, sequence: present.view.sequence)
    }
}

extension Question {
    /// The alert that the path names.
    var alertID: String { request.parameters["alert_id"] }
}

extension AlertFilter {
    fileprivate init(_ question: Question) throws {
        self.init()
        states = try question.choices("state")
        kinds = try question.choices("kind")
        severities = try question.choices("severity")
        clusters = question.list("cluster_id")
        links = question.list("link_name")
        fingerprints = question.list("fingerprint")
    }
}
