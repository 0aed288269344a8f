import HTTPServing
import HTTPTypes

/// The control interface over HTTP, told in `ControlManual`: what `SimulatorControl` offers, one route for each call.
struct ControlRoutes {
    let control: SimulatorControl

    var routes: [Route] { manual + clusters + faults + links + whole }

    private var manual: [Route] {
        [
            route(.get, "", id: "read_manual", "Read the manual of this interface") { _, _ in
                Response(
                    fields: [.contentType: "text/plain;charset=utf-8"],
                    body: .bytes(Array(ControlManual.text.utf8))
                )
            }
        ]
    }

    private var clusters: [Route] {
        [
            route(.get, "/clusters", id: "list_clusters", "List the clusters") { control, _ in
                Self.json(list: try control.fleet.clusters.map { try control.wire(of: $0) })
            },
            route(.post, "/clusters", id: "add_cluster", "Add a cluster with links") { control, request in
                var document = try ControlDocument(parsing: request.body)
                let id = try control.addCluster(reading: &document)
                return Self.json(try control.wire(of: control.fleet.cluster(id)), status: .created)
            },
            route(.delete, "/clusters/{cluster_id}", id: "remove_cluster", "Remove a cluster") { control, request in
                try control.apply(.removeCluster(request.clusterID))
                return Self.nothing
            },
            route(.put, "/clusters/{cluster_id}/credential", id: "set_credential", "Demand a credential") {
                control,
                request in
                var document = try ControlDocument(parsing: request.body)
                let credential = try SimulatedCredential.reading(&document)
                try document.finish()
                try control.apply(.setCredential(request.clusterID, credential))
                return Self.nothing
            },
            route(.post, "/clusters/{cluster_id}/ghosts", id: "change_ghosts", "Add or remove ghosts") {
                control,
                request in
                var document = try ControlDocument(parsing: request.body)
                let added = try document.count("add") ?? 0
                let removed = try document.count("remove") ?? 0
                try document.finish()
                try control.apply(.addGhosts(request.clusterID, count: added))
                try control.apply(.removeGhosts(request.clusterID, count: removed))
                return Self.nothing
            },
        ]
    }

    private var faults: [Route] {
        [
            route(.get, "/clusters/{cluster_id}/faults", id: "list_faults", "List active faults") { control, request in
                Self.json(list: try control.activeFaults(on: request.clusterID).map(\.wire))
            },
            route(.post, "/clusters/{cluster_id}/faults", id: "inject_fault", "Inject a fault") { control, request in
                var document = try ControlDocument(parsing: request.body)
                let fault = try SimulatedFault(reading: &document)
                let number = try control.inject(fault, on: request.clusterID)
                return Self.json(["id": .integer(number)], status: .created)
            },
            route(.delete, "/clusters/{cluster_id}/faults", id: "clear_faults", "Clear all faults") {
                control,
                request in
                try control.clearFaults(on: request.clusterID)
                return Self.nothing
            },
            route(.delete, "/clusters/{cluster_id}/faults/{fault_id}", id: "clear_fault", "Clear a fault") {
                control,
                request in
                guard let number = Int(request.parameters["fault_id"]) else {
                    throw SimulatorError.badRequest(at: "fault_id", expected: "a number")
                }
                try control.clearFault(number, on: request.clusterID)
                return Self.nothing
            },
            route(.put, "/clusters/{cluster_id}/list-body", id: "set_list_body", "Answer lists with these bytes") {
                control,
                request in
                try control.setListBody(
                    request.body,
                    contentType: request[.contentType] ?? "application/json",
                    on: request.clusterID
                )
                return Self.nothing
            },
        ]
    }

    private var links: [Route] {
        [
            route(.post, "/clusters/{cluster_id}/links", id: "create_link", "Create a link at once") {
                control,
                request in
                var document = try ControlDocument(parsing: request.body)
                let link = try SimulatedLink(reading: &document, newID: control.makeLinkID())
                try control.apply(.create(request.clusterID, link))
                return Self.json(
                    ["link_id": .string(link.id.linkID), "cluster_link_id": .string(link.id.clusterLinkID)],
                    status: .created
                )
            },
            route(
                .post,
                "/clusters/{cluster_id}/links/{link_name}/events",
                id: "apply_event",
                "Let an event happen"
            ) { control, request in
                var document = try ControlDocument(parsing: request.body)
                let address = LinkAddress(request.clusterID, request.parameters["link_name"])
                try control.apply(SimulatedEvent(reading: &document, on: address))
                return Self.nothing
            },
        ]
    }

    private var whole: [Route] {
        [
            route(.get, "/requests", id: "count_requests", "Tell how often each cluster was asked what") {
                control,
                request in
                let id = try request.queryItems().first { $0.name == "cluster_id" }?.value
                return Self.json(list: control.requests.wire(of: id))
            },
            route(.delete, "/requests", id: "clear_requests", "Count requests from 0 again") { control, _ in
                control.clearRequests()
                return Self.nothing
            },
            route(.put, "/timing", id: "set_timing", "Set how long creation and deletion take") { control, request in
                var document = try ControlDocument(parsing: request.body)
                var timing = control.timing
                timing.creation = try document.milliseconds("creation_milliseconds") ?? timing.creation
                timing.deletion = try document.milliseconds("deletion_milliseconds") ?? timing.deletion
                try document.finish()
                control.timing = timing
                return Self.nothing
            },
            route(.post, "/settle", id: "settle", "Complete creations and deletions under way") { control, _ in
                control.settle()
                return Self.nothing
            },
        ]
    }

    private func route(
        _ method: HTTPRequest.Method,
        _ path: String,
        id: String,
        _ summary: String,
        handler: @escaping @Sendable (SimulatorControl, Request) throws -> Response
    ) -> Route {
        Route(
            method,
            "/control/v1" + path,
            id: "control_" + id,
            summary: summary,
            handler: .immediate { [control] request in try handler(control, request) }
        )
    }

    private static let nothing = Response(status: .noContent)

    private static func json(_ value: WireValue, status: HTTPResponse.Status = .ok) -> Response {
        Response(status: status, fields: [.contentType: "application/json"], body: .bytes(value.bytes))
    }

    private static func json(list items: [WireValue]) -> Response {
        json(["data": .array(items)])
    }
}

extension Request {
    fileprivate var clusterID: String { parameters["cluster_id"] }
}
