import CConfinement
import Foundation

/// The process of one question: it confines itself, reads the question from its standard input, answers it on its standard
/// output and ends.
///
/// A statement can hold a processor or take memory in ways that SQLite offers no means against, so it runs where the kernel has
/// them and where nothing else lives (<https://sqlite.org/security.html>). What it would read about the question from its
/// arguments or its environment others on the machine could read, too.
package enum QueryProcess {
    /// The only argument of such a process.
    package static let argument = "query-process"

    /// Takes over the process where it was started for a question, and never returns then; to be called before anything else.
    package static func runIfAsked(_ arguments: [String]) {
        guard arguments.count == 2, arguments[1] == argument else { return }
        let report = answer()
        send(.report, report.encoded(peakMemory: PeakMemory.ofProcess("self")))
        _exit(0)
    }

    private static let input: Int32 = 0
    private static let output: Int32 = 1

    private static func answer() -> ReportMessage {
        confinement_close_from(3)
        var limits = confinement(
            data_bytes: UInt64(QueryLimits().dataBytes),
            stack_bytes: 8 << 20,
            processor_seconds: 3,
            descriptors: 16,
            lifetime_seconds: 5,
            niceness: 10
        )
        let code = confinement_begin(&limits)
        guard code == 0 else {
            return .refused(.unavailable(reason: "the process cannot be confined: \(String(cString: strerror(-code)))"))
        }
        guard let message = QuestionMessage(readAll()) else {
            return .refused(.unavailable(reason: "no question of this version came"))
        }
        let begun = ContinuousClock.now
        do throws(SQLiteFault) {
            let connection = try GuardedConnection(
                to: message.source,
                within: message.limits,
                until: begun.advanced(by: message.limits.time)
            )
            return run(message, on: connection, begun: begun)
        } catch {
            return .refused(
                .unavailable(reason: "the database cannot be read: SQLite error \(error.code): \(error.message)")
            )
        }
    }

    private static func run(
        _ message: QuestionMessage,
        on connection: GuardedConnection,
        begun: ContinuousClock.Instant
    ) -> ReportMessage {
        let types = message.source.views.flatMap(\.columns).map { ($0.name, $0.type) }
        do throws(QueryStatement.Refused) {
            let statement = try QueryStatement(message.question, on: connection)
            let answered = try statement.run(
                as: message.question.format,
                within: message.limits,
                types: Dictionary(types) { first, _ in first },
                begun: begun
            ) { send(.rows, $0) }
            return .answered(answered)
        } catch {
            return .refused(error.refusal)
        }
    }

    private static func readAll() -> [UInt8] {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = read(input, &buffer, buffer.count)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// Where nobody reads any more there is nobody to tell.
    private static func send(_ kind: Frame.Kind, _ bytes: [UInt8]) {
        let frame = Frame.head(kind, length: bytes.count) + bytes
        frame.withUnsafeBytes { frame in
            var start = 0
            while start < frame.count {
                let count = write(output, frame.baseAddress?.advanced(by: start), frame.count - start)
                if count < 0, errno == EINTR { continue }
                guard count > 0 else { _exit(1) }
                start += count
            }
        }
    }
}
