import ConfluentSimulator
import Foundation
import Testing

/// How spoiled answers look from the other end of a socket.
struct HTTPFaultTests {
    private static let list = "/kafka/v3/clusters/lkc-one/links"

    private func exchange(
        with faults: SimulatedFault...,
        check: @Sendable (RawHTTPClient.Exchange) throws -> Void
    ) async throws {
        try await withSimulator { simulator, client in
            for fault in faults { try simulator.control.inject(fault, on: "lkc-one") }
            try check(try await client.send("GET", Self.list))
        }
    }

    @Test func `a reset answers nothing`() async throws {
        try await exchange(with: SimulatedFault(.reset(after: nil))) {
            #expect($0.status == nil)
            #expect($0.ending == .reset)
        }
    }

    @Test func `a reset in the middle ends an answer that has begun`() async throws {
        try await exchange(with: SimulatedFault(.reset(after: 20))) {
            #expect($0.ending == .reset)
            #expect(!$0.isComplete || $0.status == nil)
        }
    }

    @Test func `a truncated body is shorter than was declared and ends in order`() async throws {
        try await exchange(with: SimulatedFault(.truncate(after: 20))) {
            #expect($0.status == 200)
            #expect($0.body.count == 20)
            #expect(!$0.isComplete)
            #expect($0.ending == .closed)
        }
    }

    @Test func `a body comes in drips and in chunks, whole`() async throws {
        let drip = SimulatedFault(.drip(bytes: 400, every: .milliseconds(1)))
        try await exchange(with: drip, SimulatedFault(.chunked)) {
            #expect($0.fields["transfer-encoding"] == "chunked")
            #expect($0.fields["content-length"] == nil)
            let items = try JSONReading.items($0.body)
            #expect(items.count == 2)
        }
    }

    @Test(arguments: [true, false])
    func `a compressed body says so or does not`(isDeclared: Bool) async throws {
        try await exchange(with: SimulatedFault(.gzip(declared: isDeclared))) {
            #expect($0.fields["content-encoding"] == (isDeclared ? "gzip" : nil))
            #expect($0.body.starts(with: [0x1F, 0x8B]))
            #expect($0.isComplete)
        }
    }

    @Test func `an oversized body has its size`() async throws {
        try await exchange(with: SimulatedFault(.oversized(bytes: 3_000_000))) {
            #expect($0.body.count == 3_000_000)
            #expect($0.isComplete)
        }
    }

    @Test func `an empty answer and exact bytes are sent as they are`() async throws {
        try await exchange(with: SimulatedFault(.empty)) {
            #expect($0.status == 200)
            #expect($0.body.isEmpty)
        }
        try await exchange(with: SimulatedFault(.body(status: 203, contentType: "text/plain", bytes: [0, 255, 10]))) {
            #expect($0.status == 203)
            #expect($0.body == [0, 255, 10])
        }
    }

    @Test func `a rate limit is a page with the field it was given`() async throws {
        try await exchange(with: .rateLimit(retryAfter: "7")) {
            #expect($0.status == 429)
            #expect($0.fields["retry-after"] == "7")
            #expect($0.fields["content-type"]?.hasPrefix("text/html") == true)
        }
    }

    @Test func `a delayed answer comes when the simulator's clock says so`() async throws {
        let clock = ManualSimulatorClock()
        try await withSimulator(clock: clock.clock) { simulator, client in
            try simulator.control.inject(SimulatedFault(.delay(.seconds(30))), on: "lkc-one")
            async let exchange = client.send("GET", Self.list)
            await clock.waitForSleepers(1)
            clock.advance(to: .seconds(30))
            #expect(try await exchange.status == 200)
        }
    }
}
