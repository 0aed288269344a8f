import ExactJSON
import Foundation
import Testing

@testable import Querying

/// How many questions are answered at once, and that nothing is left of one however it ends.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct PoolTests {
    /// Until it is killed.
    private static let endless = "SELECT instr(hex(zeroblob(2000000)), hex(zeroblob(700000))||'1')"

    @Test func `what is more than may wait is refused at once, and what waits too long soon`() async throws {
        var limits = QueryLimits()
        limits.width = 1
        limits.waiting = 1
        try await QueryFixture.with(limits: limits) { fixture in
            try await withThrowingTaskGroup(of: QueryRefusal?.self) { group in
                for _ in 0..<3 { group.addTask { await fixture.refusal(Self.endless) } }
                var refusals: [QueryRefusal?] = []
                let begun = ContinuousClock.now
                for _ in 0..<2 { refusals.append(try await group.next() ?? nil) }
                #expect(refusals == [.busy, .busy])
                // The first at once, the second after its patience.
                #expect(begun.duration(to: .now) < .milliseconds(1500))
                #expect(try await group.next() == .timeLimit(.seconds(2)))
            }
            #expect(try await fixture.rows("SELECT 1") == [[1]])
            #expect(fixture.pool.tally.counts["busy"] == 2)
            #expect(fixture.pool.tally.counts["time_limit"] == 1)
            #expect(fixture.pool.tally.counts["answered"] == 1)
            #expect(fixture.pool.tally.durations.reduce(0, +) == 4)
        }
    }

    @Test func `a question that is cancelled ends with its process`() async throws {
        try await QueryFixture.with { fixture in
            let begun = ContinuousClock.now
            let task = Task { await fixture.refusal(Self.endless) }
            while fixture.pool.running == 0 { await Task.yield() }
            task.cancel()
            #expect(await task.value == .cancelled)
            #expect(begun.duration(to: .now) < .milliseconds(1500))
            #expect(Self.children() == [])
        }
    }

    @Test func `a stop ends what runs and what waits, and refuses what comes`() async throws {
        try await QueryFixture.with { fixture in
            await withTaskGroup(of: QueryRefusal?.self) { group in
                for _ in 0..<4 { group.addTask { await fixture.refusal(Self.endless) } }
                while fixture.pool.running < 2 { await Task.yield() }
                await fixture.pool.stop()
                #expect(Self.children() == [])
                #expect(fixture.pool.running == 0)
                for await refusal in group { #expect(refusal == .stopping || refusal == .busy) }
            }
            #expect(await fixture.refusal("SELECT 1") == .stopping)
        }
    }

    @Test func `no process, no thread and no descriptor is left of questions however they end`() async throws {
        try await QueryFixture.with { fixture in
            func ask() async {
                for sql in ["SELECT 1", "SELEC", "SELECT json('{')", "DELETE FROM links", "SELECT zeroblob(100000000)"]
                {
                    _ = await fixture.refusal(sql)
                }
                let task = Task { await fixture.refusal(Self.endless) }
                while fixture.pool.running == 0 { await Task.yield() }
                task.cancel()
                _ = await task.value
            }
            await ask()
            let before = Self.descriptors()
            for _ in 0..<4 { await ask() }
            #expect(Self.descriptors() <= before)
            #expect(Self.children() == [])
        }
    }

    @Test func `a question for which the system has no thread is told so`() async {
        // No system gives a stack of so many bytes, and says of that what it says where there are threads enough.
        let child = QueryChild(stackBytes: 1 << 46)
        let outcome = await child.run("/bin/true", question: [], limit: 0, until: .now.advanced(by: .seconds(10)))
        guard case .notStarted(let reason) = outcome else {
            Issue.record("\(outcome)")
            return
        }
        #expect(reason == "Resource temporarily unavailable")
    }

    @Test func `what cannot be started or read is told and not taken for an answer`() async throws {
        try await QueryFixture.with { fixture in
            func refusal(_ executable: String, _ path: String) async -> QueryRefusal? {
                let pool = QueryPool(executable: executable)
                let source = QuerySource(path: path, views: fixture.source.views)
                do throws(QueryRefusal) {
                    _ = try await pool.answer(QueryQuestion(sql: "SELECT 1"), about: source)
                    return nil
                } catch {
                    return error
                }
            }
            let executable = try QueryFixture.executable
            guard case .unavailable(let reason)? = await refusal("/nowhere/linkwatch", fixture.path) else {
                Issue.record("a program that is not there was started")
                return
            }
            #expect(reason == "no process can be started: /nowhere/linkwatch: No such file or directory")
            // One that says nothing, and one that says something else.
            for program in ["/bin/true", "/bin/echo"] {
                guard case .crashed? = await refusal(program, fixture.path) else {
                    Issue.record("\(program) has answered")
                    return
                }
            }
            guard case .unavailable? = await refusal(executable, fixture.path + ".missing") else {
                Issue.record("a file that is not there was read")
                return
            }
            try Data("no database".utf8).write(to: URL(filePath: fixture.path + ".text"))
            guard case .unavailable? = await refusal(executable, fixture.path + ".text") else {
                Issue.record("a file that is no database was read")
                return
            }
        }
    }

    @Test func `the process has nothing of its parent's, and little of anything`() async throws {
        try await QueryFixture.with { fixture in
            let task = Task { await fixture.refusal(Self.endless) }
            var seen: ChildFacts?
            while seen == nil { seen = Self.children().first.flatMap { ChildFacts(process: $0) } }
            task.cancel()
            _ = await task.value
            let facts = try #require(seen)
            #expect(facts.environment.isEmpty)
            #expect(facts.arguments == ["linkwatch", "query-process"])
            #expect(!facts.arguments.joined().contains("zeroblob"))
            // Standard input, output and error, the database; nothing of the tests' own.
            #expect(facts.descriptors.count <= 4, "\(facts.descriptors)")
            #expect(facts.limits["Max data size"] == String(QueryLimits().dataBytes))
            #expect(facts.limits["Max cpu time"] == "3")
            #expect(facts.limits["Max file size"] == "0")
            #expect(facts.limits["Max core file size"] == "0")
            #expect(facts.limits["Max processes"] == "0")
            #expect(facts.limits["Max open files"] == "16")
            #expect(facts.status["NoNewPrivs"] == "1")
        }
    }

    private static func descriptors() -> Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
    }

    /// The processes that this one has started and not waited for, those that have ended among them.
    private static func children() -> [Int32] {
        let processes = (try? FileManager.default.contentsOfDirectory(atPath: "/proc")) ?? []
        return processes.compactMap(Int32.init).filter { id in
            guard let status = try? String(contentsOfFile: "/proc/\(id)/stat", encoding: .utf8),
                let rest = status.split(separator: ")").last?.split(separator: " "), rest.count > 1
            else { return false }
            return Int32(rest[1]) == getpid()
        }
    }
}

/// What the kernel tells of a process that has confined itself.
private struct ChildFacts {
    let arguments: [String]
    let environment: [String]
    let descriptors: [String]
    let limits: [String: String]
    let status: [String: String]

    /// Nil while the process has not opened the database yet, which it does after it has confined itself.
    init?(process id: Int32) {
        func texts(_ name: String) -> [String]? {
            (try? Data(contentsOf: URL(filePath: "/proc/\(id)/\(name)"))).map { data in
                data.split(separator: 0).map { String(decoding: $0, as: UTF8.self) }
            }
        }
        guard let arguments = texts("cmdline"), let environment = texts("environ"),
            let names = try? FileManager.default.contentsOfDirectory(atPath: "/proc/\(id)/fd"),
            let limits = try? String(contentsOfFile: "/proc/\(id)/limits", encoding: .utf8),
            let status = try? String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        else { return nil }
        descriptors = names.map { name in
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(id)/fd/\(name)")) ?? name
        }
        guard descriptors.contains(where: { $0.hasSuffix("test.db") }) else { return nil }
        self.arguments = arguments
        self.environment = environment
        self.limits = Dictionary(
            limits.split(separator: "\n").compactMap { line in
                let parts = line.split(separator: /\s{2,}/)
                return parts.count > 1 ? (String(parts[0]), String(parts[1])) : nil
            }
        ) { $1 }
        self.status = Dictionary(
            status.split(separator: "\n").compactMap { line in
                let parts = line.split(separator: ":\t")
                return parts.count == 2 ? (String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces)) : nil
            }
        ) { $1 }
    }
}
