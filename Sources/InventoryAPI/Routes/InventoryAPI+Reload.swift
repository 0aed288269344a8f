import ClusterLinks
import ExactJSON
import HTTPServing
import HTTPTypes
import Inventory

/// `POST /-/reload`, in the words of Prometheus.
extension InventoryAPI {
    var reloadRoutes: [APIRoute] {
        [
            APIRoute(
                "/-/reload",
                method: .post,
                id: "reload",
                summary: "Reads the configuration again; a bad file changes nothing and is answered with its problems",
                role: .admin,
                answer: .item(.reload),
                handler: .asynchronous { try await reload($0) }
            )
        ]
    }

    private func reload(_ question: Question) async throws -> Response {
        let principal = try question.principal
        let at = now
        let result: Result<ReloadReport, ReloadRefusal>
        do throws(ReloadRefusal) {
            guard let reloading else { throw ReloadRefusal.noFile }
            result = .success(try await reloading.reload())
        } catch {
            result = .failure(error)
        }
        let path = service.configuration.path
        await inventory.note(
            AuditEntry.reload(result, of: path, by: principal.actor, from: principal.origin, at: at)
        )
        let report: ReloadReport
        switch result {
        case .success(let taken): report = taken
        case .failure(.noFile): throw APIProblem.nothingToReload
        case .failure(.stopping): throw APIProblem.stopping
        case .failure(.invalid(let problems)): throw APIProblem.configurationRefused(problems: problems)
        }
        let json: JSONObject = [
            "loaded_at": .string(service.configuration.loadedAt.description),
            "checksum": .optional(service.configuration.checksum),
            "clusters": [
                "added": Self.ids(report.added), "removed": Self.ids(report.removed),
                "changed": Self.ids(report.changed),
            ],
            "awaiting_restart": .array(report.awaitingRestart.map(JSONValue.string)),
            "warnings": .array(report.warnings.map(JSONValue.string)),
        ]
        return .bytes(json.encoded, contentType: JSONAnswer.contentType)
    }

    private static func ids(_ clusters: [ClusterID]) -> JSONValue { .array(clusters.map { .string($0.rawValue) }) }
}
