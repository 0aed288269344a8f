import ClusterLinks
import ExactJSON
import HTTPServing
import HTTPTypes
import Inventory

/// Liveness and readiness, in the words of Kubernetes and of Prometheus.
extension InventoryAPI {
    private static let verbose = Parameter(
        "verbose",
        "Tells each check in a line of its own; true where it has no value.",
        .choice(["", "true", "false"])
    )

    var probeRoutes: [APIRoute] {
        let live = ["/livez", "/-/healthy"].map { path in
            APIRoute(
                path,
                id: path == "/livez" ? "livez" : "healthy",
                summary: "Whether the process serves",
                parameters: [Self.verbose],
                role: nil,
                answer: .text(types: ["text/plain"]),
                handler: .immediate { question in
                    _ = try question.flag(Self.verbose.name, isTrueBare: true)
                    return Self.text("ok")
                }
            )
        }
        let ready = [("/readyz", "readyz"), ("/healthz", "healthz"), ("/-/ready", "ready")].map { (path, id) in
            APIRoute(
                path,
                id: id,
                summary: "Whether the service has loaded and is not stopping; degradation shows in the body",
                parameters: [Self.verbose],
                role: nil,
                answer: .text(types: ["text/plain"]),
                handler: .immediate { readiness(isVerbose: try $0.flag(Self.verbose.name, isTrueBare: true)) }
            )
        }
        return live + ready
    }

    /// Degradation is no reason to take traffic away: what is known goes on being served.
    private func readiness(isVerbose: Bool) -> Response {
        guard service.isReady else { return Self.text("not ready: loading or stopping", status: .serviceUnavailable) }
        let view = view
        let durability = fleet.durability
        let stale = view.clusters.filter { $0.isConfigured && $0.isStale }
        var lines: [String] = []
        if let error = durability.lastError {
            lines.append("database: durable: false, \(durability.waiting) writes wait (\(error))")
        } else if isVerbose {
            lines.append("database: ok")
        }
        if !stale.isEmpty {
            lines.append("clusters: \(stale.count) of \(view.clusters.count { $0.isConfigured }) not heard of lately")
        } else if isVerbose {
            lines.append("clusters: ok")
        }
        let isDegraded = !durability.isDurable || !stale.isEmpty
        return Self.text(([isDegraded ? "degraded" : "ok"] + lines).joined(separator: "\n"))
    }

    private static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
        var response = Response.bytes(
            Array((text + "\n").utf8),
            contentType: "text/plain; charset=utf-8",
            status: status
        )
        response.fields[.cacheControl] = "no-store"
        return response
    }
}
