import ClusterLinks
import ConfluentSimulator
import CurlHTTP
import ExactJSON
import HTTPServing
import Logging
import Querying
import Testing

@testable import LinkWatch

/// The whole service on a port of its own, and who may ask it.
struct LiveService: Sendable {
    let service: LinkWatchService
    let api: APIClient

    var now: Instant { service.time.now() }

    func link(_ address: LinkAddress) async throws -> JSONValue {
        try await api.get("/api/v1/clusters/\(address.clusterID)/links/\(address.linkName)")
    }

    func versions(of address: LinkAddress) async throws -> [JSONValue] {
        try await api.get("/api/v1/clusters/\(address.clusterID)/links/\(address.linkName)/history").rows
    }

    func episodes(of address: LinkAddress) async throws -> [JSONValue] {
        try await api.get("/api/v1/clusters/\(address.clusterID)/links/\(address.linkName)/errors").rows
    }

    func cluster(_ id: String) async throws -> JSONValue { try await api.get("/api/v1/clusters/\(id)") }
}

/// Lends the service while it runs, and stops it in order.
///
/// - Parameter path: the file that a reload reads; nil where there is none.
func withService(
    _ configuration: Configuration,
    path: String? = nil,
    logger: Logger = .silent,
    _ body: (LiveService) async throws -> Void
) async throws {
    let service = try LinkWatchService(
        configuration: configuration,
        configurationPath: path,
        logger: logger,
        // The tests' own executable answers no statements.
        queries: .suggesting(executable: try SpawnedProcess.linkwatch)
    )
    let curl = CurlClient(userAgent: "linkwatch-tests", maximumConnections: 16)
    try await withThrowingTaskGroup(of: Void.self) { group in
        let address = try #require(try await service.start().first?.url)
        group.addTask { try await service.run() }
        do {
            try await body(LiveService(service: service, api: APIClient(curl: curl, base: address)))
        } catch {
            group.cancelAll()
            try await group.waitForAll()
            throw error
        }
        group.cancelAll()
        try await group.waitForAll()
    }
    await curl.shutdown()
}

/// Lends a simulated fleet that answers on a port of its own, with the address of its Kafka REST.
func withUpstream(
    clusters: Int = 1,
    links: Int = 3,
    _ body: (SimulatorControl, String) async throws -> Void
) async throws {
    let fleet = SimulatedFleet.make(seed: 7, clusters: clusters, links: links)
    let simulator = try ConfluentSimulator(fleet: fleet, logger: .silent)
    let address = try #require(try simulator.start().first)
    do {
        try await body(simulator.control, address)
    } catch {
        await simulator.stop(deadline: .zero)
        throw error
    }
    await simulator.stop(deadline: .zero)
}

/// Lends a simulated fleet and the service that polls it, in a folder of its own.
func withFleetAndService(
    clusters: Int = 1,
    links: Int = 3,
    logger: Logger = .silent,
    configure: (inout Configuration) -> Void = { _ in },
    _ body: (SimulatorControl, LiveService) async throws -> Void
) async throws {
    try await withUpstream(clusters: clusters, links: links) { simulator, address in
        try await withTemporaryFolder { folder in
            var configuration = try Configuration.watching(simulator.fleet.clusterIDs, at: address, in: folder)
            configure(&configuration)
            try await withService(configuration, logger: logger) { try await body(simulator, $0) }
        }
    }
}

extension Configuration {
    /// Listens on a port of the system's choice and polls when it is asked to: the schedule's own polls are an hour apart.
    static func watching(_ clusters: [String], at address: String, in folder: String) throws -> Configuration {
        var configuration = Configuration()
        configuration.listen = [.ip(host: "127.0.0.1", port: 0)]
        configuration.database = folder + "linkwatch.db"
        configuration.clusters = try clusters.map { id in
            var cluster = Cluster(id: id, endpoint: try WebAddress(parsing: address + "/kafka/v3", parts: .path))
            cluster.poll.interval = .seconds(3600)
            cluster.poll.staleAfter = .seconds(3 * 3600)
            return cluster
        }
        return configuration
    }

    /// Changes how every cluster is polled.
    mutating func pollEach(_ change: (inout Poll) -> Void) {
        for index in clusters.indices { change(&clusters[index].poll) }
    }
}

extension Logger {
    static var silent: Logger { Logger(label: "linkwatch.tests") { _ in SwiftLogNoOpLogHandler() } }
}

extension SimulatorControl {
    /// The address of one link, counted over a cluster's list.
    func address(cluster: Int = 0, link: Int = 0) -> LinkAddress {
        let cluster = fleet.clusters[cluster]
        return LinkAddress(cluster.id, cluster.links[link].name)
    }
}
