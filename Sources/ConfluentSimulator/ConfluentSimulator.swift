package import HTTPServing
package import Logging

/// A stand-in for Confluent's Kafka REST v3 with its own server: clusters with links that answer, err and change.
///
/// It speaks HTTP/1.1 on its own addresses: the clusters under `/kafka/v3` and `/v3`, and under `/control/v1` the interface
/// that makes things happen, whose manual `GET /control/v1` answers. In process `control` does the same. It is made for
/// tests and the demo, and asks nobody who controls it for a credential.
package final class ConfluentSimulator: Sendable {
    /// Events, faults and what was asked so far.
    package let control: SimulatorControl

    private let server: HTTPServer
    private let runner: ScriptRunner?

    /// A fleet that is given, with the script that is to happen to it.
    ///
    /// The script's opening holds at once; the rest is played by `run()` from the first request on.
    ///
    /// - Throws: `SimulatorError` where the opening misses its links.
    package init(
        fleet: SimulatedFleet,
        script: SimulatorScript? = nil,
        timing: SimulatorTiming = SimulatorTiming(),
        clock: SimulatorClock = .continuous(),
        listen: [ListenAddress] = [.ip(host: "127.0.0.1", port: 0)],
        logger: Logger = Logger(label: "linkwatch.simulator")
    ) throws {
        control = SimulatorControl(fleet: fleet, timing: timing, clock: clock)
        for event in script?.opening ?? [] { try control.apply(event) }
        runner = script.map { [control] in ScriptRunner(script: $0, control: control, logger: logger) }
        server = HTTPServer(
            configuration: HTTPServerConfiguration(addresses: listen, limits: HTTPLimits(body: 64 * 1024 * 1024)),
            router: try Router(UpstreamRoutes(control: control).routes + ControlRoutes(control: control).routes),
            logger: logger
        )
    }

    /// A fleet drawn from a seed, in which every cluster lists `links` objects.
    ///
    /// A lively one plays `LivelyFleet`; in another some links have errors, which stay until somebody changes them.
    ///
    /// - Throws: nothing that a caller could bring about.
    package convenience init(
        seed: UInt64,
        clusters: Int,
        links: Int,
        listen: [ListenAddress] = [.ip(host: "127.0.0.1", port: 0)],
        isLively: Bool = false,
        logger: Logger = Logger(label: "linkwatch.simulator")
    ) throws {
        let fleet = SimulatedFleet.make(
            seed: seed,
            clusters: clusters,
            links: links,
            condition: isLively ? .healthy : .mixed
        )
        let script = isLively ? LivelyFleet(seed: seed, fleet: fleet).script : nil
        try self.init(fleet: fleet, script: script, listen: listen, logger: logger)
    }

    /// Binds and listens; the clusters are answered for when it returns.
    ///
    /// - Returns: the base addresses, such as `http://127.0.0.1:40123`, the port 0 resolved; a unix socket has none.
    /// - Throws: `HTTPServerError`, which names an address in use.
    @discardableResult
    package func start() throws(HTTPServerError) -> [String] {
        try server.start().compactMap(\.url)
    }

    /// Starts if that was not done, and lives until stopped or cancelled; the script is played meanwhile.
    package func run() async throws {
        async let _: Void = play()
        try await server.run()
    }

    /// Ends politely; what is not answered by the deadline is broken off.
    package func stop(deadline: Duration = .seconds(1)) async {
        await server.stop(deadline: deadline)
    }

    /// Ends with the server: leaving `run()` cancels it, which is no failure.
    private func play() async {
        do {
            try await runner?.run()
        } catch {
            return
        }
    }
}
