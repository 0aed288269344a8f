import Locking
import Logging
import Testing

@testable import LinkWatch

/// When a sign of life is given, and when not.
@Suite(.timeLimit(.minutes(1)))
struct HeartbeatTests {
    /// What was beaten and logged.
    private final class Record: Sendable {
        let beats = Locked(0)
        let lines = Locked<[String]>([])
        let bell = Bell()

        func wait(until isThere: (Record) -> Bool) async throws {
            while true {
                let rings = bell.rings
                if isThere(self) { return }
                try await bell.wait(after: rings)
            }
        }

        var logger: Logger {
            Logger(label: "heartbeat") { _ in RecordingHandler(record: self) }
        }
    }

    private struct RecordingHandler: LogHandler {
        let record: Record
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let parts = event.metadata?["service.parts"].map { "\($0)" } ?? ""
            record.lines.withLock { $0.append(parts) }
            record.bell.ring()
        }
    }

    private func with(_ parts: [VitalPart], _ body: (Record) async throws -> Void) async throws {
        let record = Record()
        let heartbeat = Heartbeat(
            parts: parts,
            interval: .milliseconds(20),
            logger: record.logger,
            clock: ContinuousClock()
        ) {
            record.beats.withLock { $0 += 1 }
            record.bell.ring()
        }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await heartbeat.run() }
            try await body(record)
            group.cancelAll()
        }
    }

    private static let living = VitalPart(name: "living") { true }

    @Test func `it beats while every part answers`() async throws {
        try await with([Self.living, Self.living]) { record in
            try await record.wait { $0.beats.withLock(\.self) >= 3 }
            #expect(record.lines.withLock(\.self) == [])
        }
    }

    @Test func `a part that hangs is named, and holds the beat until it answers`() async throws {
        let released = Signal()
        let hanging = VitalPart(name: "hanging") {
            await released.wait()
            return true
        }
        try await with([hanging, Self.living]) { record in
            try await record.wait { !$0.lines.withLock(\.self).isEmpty }
            #expect(record.lines.withLock(\.self) == ["hanging"])
            #expect(record.beats.withLock(\.self) == 0)
            released.raise()
            try await record.wait { $0.beats.withLock(\.self) >= 1 }
        }
    }

    @Test func `a part that says it is stuck is named each time`() async throws {
        try await with([Self.living, VitalPart(name: "stuck") { false }]) { record in
            try await record.wait { $0.lines.withLock(\.self).count >= 2 }
            #expect(Set(record.lines.withLock(\.self)) == ["stuck"])
            #expect(record.beats.withLock(\.self) == 0)
        }
    }
}
