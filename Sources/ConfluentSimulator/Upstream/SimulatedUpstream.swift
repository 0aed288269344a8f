/// The whole of the simulated Kafka REST as a value: it takes requests, events and the time, and returns answers.
///
/// No socket, no clock and no lock: `SimulatorControl` guards it, the routes carry what it says.
package struct SimulatedUpstream: Sendable {
    /// A fault with the number it is cleared by.
    package struct ActiveFault: Sendable, Equatable {
        package let id: Int
        package internal(set) var fault: SimulatedFault
    }

    package internal(set) var fleet: SimulatedFleet
    package var timing: SimulatorTiming
    package private(set) var ledger = RequestLedger()
    private var faults: [String: [ActiveFault]] = [:]
    private var lastFaultID = 0

    /// An upstream without faults over that fleet.
    package init(fleet: SimulatedFleet, timing: SimulatorTiming = SimulatorTiming()) {
        self.fleet = fleet
        self.timing = timing
    }

    /// Counts a request, does what it asks and says the answer, spoiled by the faults that meet it.
    ///
    /// - Throws: `compression` if a fault's gzip fails; nothing else.
    package mutating func answer(
        _ request: UpstreamRequest,
        at now: Duration
    ) throws(SimulatorError) -> SimulatedAnswer {
        ledger.count(request)
        fleet.settle(cluster: request.clusterID, at: now)
        let meeting = takeFaults(for: request)
        var answer =
            meeting.contains(where: \.isRefusal)
            ? SimulatedAnswer(status: 503) : admittedAnswer(to: request, at: now)
        for fault in meeting {
            try fault.apply(to: &answer, of: request)
        }
        return answer
    }

    /// Applies one event; the fleet's and the faults' alike.
    ///
    /// - Throws: what `SimulatedFleet.apply(_:)` throws; then nothing changed.
    package mutating func apply(_ event: SimulatedEvent) throws(SimulatorError) {
        try fleet.apply(event)
        switch event {
        case .inject(let id, let fault): add(fault, to: id)
        case .clearFaults(let id), .removeCluster(let id): faults[id] = nil
        default: break
        }
    }

    /// Adds a fault to a cluster and returns the number it is cleared by.
    package mutating func inject(_ fault: SimulatedFault, on id: String) throws(SimulatorError) -> Int {
        _ = try fleet.cluster(id)
        return add(fault, to: id)
    }

    /// The faults of a cluster that are not used up, in the order in which they apply.
    package func activeFaults(on id: String) throws(SimulatorError) -> [ActiveFault] {
        _ = try fleet.cluster(id)
        return faults[id] ?? []
    }

    package mutating func clearFault(_ number: Int, on id: String) throws(SimulatorError) {
        guard let index = try activeFaults(on: id).firstIndex(where: { $0.id == number }) else {
            throw .unknownFault(number)
        }
        faults[id]?.remove(at: index)
    }

    package mutating func clearLedger() {
        ledger.clear()
    }

    /// Completes every creation and deletion that is under way, whatever the time.
    package mutating func settle() {
        for id in fleet.clusterIDs {
            fleet.settle(cluster: id, at: .seconds(Int64.max))
        }
    }

    @discardableResult
    private mutating func add(_ fault: SimulatedFault, to id: String) -> Int {
        lastFaultID += 1
        faults[id, default: []].append(ActiveFault(id: lastFaultID, fault: fault))
        return lastFaultID
    }

    private mutating func takeFaults(for request: UpstreamRequest) -> [SimulatedFault] {
        guard let active = faults[request.clusterID] else { return [] }
        var kept: [ActiveFault] = []
        var meeting: [SimulatedFault] = []
        for var entry in active {
            if entry.fault.meets(request.operation) {
                meeting.append(entry.fault)
                if let remaining = entry.fault.remaining { entry.fault.remaining = remaining - 1 }
            }
            if entry.fault.remaining != 0 { kept.append(entry) }
        }
        faults[request.clusterID] = kept
        return meeting
    }

    private mutating func admittedAnswer(to request: UpstreamRequest, at now: Duration) -> SimulatedAnswer {
        guard let cluster = try? fleet.cluster(request.clusterID) else { return .missingCluster(request.clusterID) }
        if let credential = cluster.credential,
            !credential.admits(authorization: request.authorization, identityPool: request.identityPool)
        {
            return .page(401, request: request)
        }
        if request.operation.linkName == "" { return .invalidLinkName() }
        return switch request.operation {
        case .createLink: create(request, on: cluster, at: now)
        case .deleteLink(let name): delete(name, request, on: cluster, at: now)
        case .listLinks, .getLink, .listConfigs, .listMirrors: cluster.read(request)
        }
    }
}
