package import ClusterLinks
package import HTTPServing
import HTTPTypes
package import Inventory

/// The HTTP interface of the inventory: everything it answers, from the present in memory and the past in the database.
package struct InventoryAPI: Sendable {
    let inventory: InventoryStore
    let time: any TimeSource
    let polls: any PollControl
    let upstream: any UpstreamControl
    let service: any ServiceFacts
    let policy: @Sendable () -> AccessPolicy
    let reloading: (any ReloadControl)?
    let queries: (any QueryControl)?
    /// What was refused for want of the right token.
    package let attempts = FailedAttempts()
    let answers = AnswerCache()
    let unsentAnswers = UnsentAnswers()
    let metricsText = MetricsText()
    let fragments = LinkFragments()
    let feed: ChangeFeed
    let clock: any Clock<Duration>
    let pairing = PresentPairing()

    /// - Parameters:
    ///   - policy: asked anew at each request, since a reload may have changed it.
    ///   - reloading: nil where there is no configuration to read again.
    ///   - queries: nil where statements in SQL are not answered.
    ///   - clock: monotonic; what answers that last are timed with.
    package init(
        inventory: InventoryStore,
        time: any TimeSource,
        polls: any PollControl,
        upstream: any UpstreamControl,
        service: any ServiceFacts,
        policy: @autoclosure @escaping @Sendable () -> AccessPolicy,
        reloading: (any ReloadControl)? = nil,
        queries: (any QueryControl)? = nil,
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.inventory = inventory
        self.time = time
        self.polls = polls
        self.upstream = upstream
        self.service = service
        self.policy = policy
        self.reloading = reloading
        self.queries = queries
        self.clock = clock
        feed = ChangeFeed(fleet: inventory.fleet, history: inventory.history, time: time)
    }

    var fleet: Fleet { inventory.fleet }

    var history: History { inventory.history }

    /// Tells those who follow the changes what is new, until its task is cancelled: then it ends their streams and lets go
    /// who waits.
    package func run() async { await feed.run(on: clock) }

    /// The table of routes, in the order in which the description tells them.
    var table: [APIRoute] {
        let routes = [
            clusterRoutes, linkRoutes, pairRoutes, topologyRoutes, historyRoutes, differenceRoutes,
            availabilityRoutes, evidenceRoutes, changeRoutes, observationRoutes, alertRoutes, acknowledgementRoutes,
            silenceRoutes, incidentRoutes, errorCodeRoutes, queryRoutes, auditRoutes, alertmanagerRoutes,
            confluentRoutes, managementRoutes, upstreamRoutes, operationRoutes, reloadRoutes, probeRoutes,
        ].flatMap(\.self)
        return routes + [OpenAPIDescription.route(for: routes)]
    }

    /// A router of all routes, each behind the gate that its role asks for.
    ///
    /// - Parameter pages: routes of files without any data, which are open to everyone and no part of the description.
    /// - Throws: `RouterError` where two routes clash.
    package func makeRouter(pages: [Route] = []) throws -> Router {
        let routes = table.map { $0.route(gate: gate) }
        return try Router(
            routes + pages,
            // What is not there is told to those who may see what is.
            gate: {
                try accessGate(.read).admitUnmatched($0)
                return nil
            },
            crossOrigin: { [policy] in policy().crossOrigin },
            answeringProblems: { problem, request in
                APIRoute.isConfluent(request.path) ? ConfluentError.response(problem) : problem.response(to: request)
            }
        )
    }

    private func gate(_ role: Role, isManagement: Bool) -> RequestGate {
        { [self] request in
            if isManagement, !policy().allowsManagement {
                // How to turn it on is told to whoever may see what is there, be the request as it may.
                try accessGate(.read).admitUnmatched(request)
                throw ConfluentError.managementOff
            }
            let principal = try accessGate(role).admit(request)
            return AccessGate.isReading(request) ? nil : principal
        }
    }

    private func accessGate(_ role: Role) -> AccessGate {
        AccessGate(policy: policy(), role: role, attempts: attempts, time: time)
    }

    /// The answer to a request about the present, where it was asked for before and nothing has changed since.
    func known(_ request: Request) -> Response? {
        answers.known(request.target, generation: fleet.generation(at: time.now())).map { .representation($0) }
    }

    var now: Instant { time.now() }

    var view: FleetView { fleet.current(at: time.now()) }
}
