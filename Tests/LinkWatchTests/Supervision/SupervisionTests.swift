import Foundation
import Testing

@testable import LinkWatch

/// What a service manager hears from the executable, over its socket.
@Suite(.timeLimit(.minutes(2)))
struct SupervisionTests {
    private static let configuration = "listen: 127.0.0.1:0\n"

    /// Lends the executable as a service manager runs it.
    private func withService(
        socket name: (String) -> String = { $0 + "notify" },
        _ environment: [String: String] = [:],
        _ body: (LinkWatchProcess, NotifyReceiver, String) async throws -> Void
    ) async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "linkwatch.yaml"
            try write(Self.configuration + "database: \(folder)linkwatch.db\n", to: path)
            let manager = try NotifyReceiver(name(folder))
            defer { manager.stop() }
            let process = try LinkWatchProcess(
                ["serve", "--config", path],
                environment: environment.merging(["NOTIFY_SOCKET": manager.name]) { $1 }
            )
            try await with(process) { try await body($0, manager, path) }
        }
    }

    @Test func `it says when it is ready, reloads and stops, in this order`() async throws {
        try await withService { process, manager, path in
            let ready = try await manager.datagram(with: "READY=1")
            #expect(ready == 0)
            #expect(manager.datagrams[0] == ["READY=1", "STATUS=0 clusters, 0 links"])
            // Ready means that it listens; the line that tells where may come a moment later.
            #expect(await process.text(after: "msg=listening", on: .error) != nil, "\(process.errors)")

            var before = timespec()
            clock_gettime(CLOCK_MONOTONIC, &before)
            process.send(SIGHUP)
            let reloading = try await manager.datagram(with: "RELOADING=1", after: 1)
            let time = try #require(manager.datagrams[reloading].last?.split(separator: "="))
            #expect(time[0] == "MONOTONIC_USEC")
            let begun = Int(before.tv_sec) * 1_000_000 + Int(before.tv_nsec) / 1000
            #expect(try #require(Int(time[1])) >= begun)
            let reloaded = try await manager.datagram(with: "READY=1", after: reloading)
            #expect(reloaded == reloading + 1)

            try write("listen: 5\n", to: path)
            process.send(SIGHUP)
            let refused = try await manager.datagram(with: "RELOADING=1", after: reloaded)
            let kept = try await manager.datagram(with: "READY=1", after: refused)
            #expect(
                manager.datagrams[kept].last
                    == "STATUS=0 clusters, 0 links, the changed configuration was refused, the log says why"
            )

            process.send(SIGTERM)
            #expect(await process.end() == .exit(0))
            let stopping = try await manager.datagram(with: "STOPPING=1", after: kept)
            #expect(stopping == manager.datagrams.count - 1)
        }
    }

    @Test func `it gives a sign of life in half the time, also to a manager with an abstract name`() async throws {
        let name = "@linkwatch-\(UUID().uuidString)"
        try await withService(socket: { _ in name }, ["WATCHDOG_USEC": "200000"]) { _, manager, _ in
            try await manager.datagram(with: "READY=1")
            let beginning = ContinuousClock.now
            var last = 0
            for _ in 0..<3 { last = try await manager.datagram(with: "WATCHDOG=1", after: last + 1) }
            #expect(ContinuousClock.now - beginning > .milliseconds(150))
            #expect(manager.datagrams[last].last == "STATUS=0 clusters, 0 links")
        }
    }

    @Test func `a socket that cannot be used is told, and ends nothing`() async throws {
        try await withTemporaryFolder { folder in
            let path = folder + "linkwatch.yaml"
            try write(Self.configuration + "database: \(folder)linkwatch.db\n", to: path)
            for (name, problem) in [
                ("vsock:2:9", "NOTIFY_SOCKET takes a path or an @ and a name, of at most 107 bytes, got vsock:2:9"),
                (folder + "nobody", "sendto: No such file or directory"),
            ] {
                let process = try LinkWatchProcess(["serve", "--config", path], environment: ["NOTIFY_SOCKET": name])
                try await with(process) { process in
                    _ = await process.text(after: "msg=listening", on: .error)
                    process.send(SIGTERM)
                    #expect(await process.end() == .exit(0))
                    #expect(process.errors.contains(problem), "\(process.errors)")
                }
            }
        }
    }
}
