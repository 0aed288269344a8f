package import Logging

/// Plays a script against a simulated upstream: the thin shell that waits.
package struct ScriptRunner: Sendable {
    private let script: SimulatorScript
    private let control: SimulatorControl
    private let logger: Logger

    package init(script: SimulatorScript, control: SimulatorControl, logger: Logger) {
        self.script = script
        self.control = control
        self.logger = logger
    }

    /// Waits for the first request, which is instant zero, and then plays until cancelled.
    ///
    /// Starting with the first look keeps the play in step with a service that takes a while to come up.
    package func run() async throws {
        try await control.waitForRequests(atLeast: 1)
        let start = control.clock.elapsed()
        var script = script
        while true {
            try await control.clock.sleepUntil(start + script.nextInstant)
            for event in script.events(upTo: control.clock.elapsed() - start) {
                play(event)
            }
        }
    }

    /// An event may miss its link because somebody deleted it meanwhile; the play goes on.
    private func play(_ event: SimulatedEvent) {
        do {
            try control.apply(event)
            logger.debug(
                "scripted event applied",
                metadata: ["cluster.id": "\(event.clusterID)", "simulator.event": "\(event.word)"]
            )
        } catch {
            logger.info(
                "scripted event left out",
                metadata: ["cluster.id": "\(event.clusterID)", "simulator.error": "\(error)"]
            )
        }
    }
}
