import ConfluentSimulator
import HTTPTypes
import Testing

struct FaultTests {
    private static func upstream(with faults: SimulatedFault...) throws -> SimulatedUpstream {
        var upstream = try makeUpstream()
        for fault in faults { _ = try upstream.inject(fault, on: "lkc-one") }
        return upstream
    }

    @Test func `a counted fault meets that many requests`() throws {
        var upstream = try Self.upstream(with: .status(503, count: 2))
        let statuses = try (0..<4).map { _ in try upstream.answer(.listLinks).status }
        #expect(statuses == [503, 503, 200, 200])
        #expect(try upstream.activeFaults(on: "lkc-one").isEmpty)
    }

    @Test func `a fault lasts until it is cleared`() throws {
        var upstream = try makeUpstream()
        let number = try upstream.inject(.status(500), on: "lkc-one")
        for _ in 0..<5 { #expect(try upstream.answer(.listLinks).status == 500) }
        try upstream.clearFault(number, on: "lkc-one")
        #expect(try upstream.answer(.listLinks).status == 200)
        #expect(throws: SimulatorError.unknownFault(number)) { try upstream.clearFault(number, on: "lkc-one") }
    }

    @Test func `a fault meets its scope alone`() throws {
        var upstream = try Self.upstream(with: .status(500, on: .lists))
        #expect(try upstream.answer(.listLinks).status == 500)
        #expect(try upstream.answer(.getLink("orders")).status == 200)
        try upstream.apply(.clearFaults("lkc-one"))
        try upstream.apply(.inject("lkc-one", SimulatedFault(.empty, on: .links, linkName: "orders")))
        #expect(try upstream.answer(.listLinks).document != nil)
        #expect(try upstream.answer(.getLink("billing")).document != nil)
        #expect(try upstream.answer(.getLink("orders")).body.isEmpty)
        try upstream.apply(.clearFaults("lkc-one"))
        try upstream.apply(.inject("lkc-one", .status(500, on: .details)))
        #expect(try upstream.answer(.getLink("orders")).status == 200)
        for operation: UpstreamRequest.Operation in [
            .listConfigs(link: "orders"), .listMirrors(link: "orders"), .listMirrors(link: nil),
        ] {
            #expect(try upstream.answer(operation).status == 500)
        }
    }

    @Test func `a refused write does nothing and a write whose answer is lost does it`() throws {
        var upstream = try Self.upstream(with: .status(503, count: 1))
        #expect(try upstream.answer(.deleteLink("orders"), query: ["force": "true"]).status == 503)
        #expect(try upstream.listedNames().count == 2)
        try upstream.apply(.inject("lkc-one", SimulatedFault(.reset(after: nil), count: 1)))
        #expect(try upstream.answer(.deleteLink("orders"), query: ["force": "true"]).breaksOff == .silence)
        #expect(try upstream.listedNames() == ["billing"])
    }

    @Test func `a rate limit is a page, with and without word of when to come again`() throws {
        var upstream = try Self.upstream(with: .rateLimit(count: 1))
        let bare = try upstream.answer(.listLinks)
        #expect(bare.status == 429)
        #expect(bare.fields[.contentType]?.hasPrefix("text/html") == true)
        #expect(bare.fields[.retryAfter] == nil)
        try upstream.apply(.inject("lkc-one", .rateLimit(retryAfter: "7")))
        #expect(try upstream.answer(.listLinks).fields[.retryAfter] == "7")
    }

    @Test(arguments: [(400, 40002), (401, 40101), (403, 40301), (404, 404), (500, 50002), (503, 50302)])
    func `a status has its usual code unless another is given`(status: Int, code: Int) throws {
        var upstream = try Self.upstream(with: .status(status, count: 1))
        #expect(try JSONReading.object(upstream.answer(.listLinks).body)["error_code"] as? Int == code)
        let refusal = SimulatedFault.Refusal(status, body: .json(code: 7, message: nil))
        try upstream.apply(.inject("lkc-one", SimulatedFault(.status(refusal))))
        #expect(try JSONReading.object(upstream.answer(.listLinks).body)["error_code"] as? Int == 7)
    }

    @Test func `data can be null, missing or no array`() throws {
        var upstream = try Self.upstream(with: SimulatedFault(.data(nil), count: 1))
        #expect(try JSONReading.object(upstream.answer(.listLinks).body)["data"] == nil)
        try upstream.apply(.inject("lkc-one", SimulatedFault(.data(.null), count: 1)))
        #expect(try upstream.answer(.listLinks).document?["data"] == .null)
        try upstream.apply(.inject("lkc-one", SimulatedFault(.data(["a": 1]), count: 1)))
        #expect(try upstream.answer(.listLinks).document?["data"] == ["a": 1])
    }

    @Test(arguments: [(false, true), (true, false)])
    func `a duplicate is equal or differs under the same id`(isDifferent: Bool, isEqual: Bool) throws {
        var upstream = try Self.upstream(with: SimulatedFault(.duplicate(different: isDifferent)))
        guard case .array(let items) = try upstream.answer(.listLinks).document?["data"] else {
            Issue.record("no data")
            return
        }
        #expect(items.count == 3)
        #expect((items.first == items.last) == isEqual)
        #expect(items.first?["cluster_link_id"] == items.last?["cluster_link_id"])
    }

    @Test func `pages together are the list, and the last has no next`() throws {
        var upstream = try makeUpstream((1...5).map { makeLink("link-\($0)") })
        try upstream.apply(.inject("lkc-one", SimulatedFault(.paginate(size: 2, origin: nil), on: .lists)))
        var names: [String] = []
        var query: [String: String] = [:]
        for start in [0, 2, 4] {
            let answer = try upstream.answer(.listLinks, query: query)
            names += try JSONReading.items(answer.body).compactMap { $0["link_name"] as? String }
            let next = answer.document?["metadata"]?["next"]
            let address = "http://127.0.0.1:8090/kafka/v3/clusters/lkc-one/links?page_token=\(start + 2)"
            #expect(next == (start == 4 ? .null : .string(address)))
            query = ["page_token": String(start + 2)]
        }
        #expect(names == (1...5).map { "link-\($0)" })
    }

    @Test func `bytes are spoiled in the order of the faults`() throws {
        var upstream = try Self.upstream(
            with: SimulatedFault(.oversized(bytes: 100_000)),
            SimulatedFault(.gzip(declared: false))
        )
        let answer = try upstream.answer(.listLinks)
        #expect(answer.body.starts(with: [0x1F, 0x8B]))
        #expect(answer.body.count < 5_000)
        #expect(answer.fields[.contentEncoding] == nil)
        try upstream.apply(.clearFaults("lkc-one"))
        try upstream.apply(.inject("lkc-one", SimulatedFault(.oversized(bytes: 100_000))))
        let whole = try upstream.answer(.listLinks)
        #expect(whole.body.count == 100_000)
        #expect(try JSONReading.items(whole.body).count == 2)
    }

    @Test func `a refusal, garbage and given bytes are carried as badly as was said before them`() throws {
        let kinds: [SimulatedFault.Kind] = [
            SimulatedFault.status(503).kind, .garbage(bytes: 9), .empty,
            .body(status: 200, contentType: "text/plain", bytes: [1]),
        ]
        for kind in kinds {
            var upstream = try Self.upstream(
                with: SimulatedFault(.delay(.seconds(1))),
                SimulatedFault(.drip(bytes: 1, every: .seconds(2))),
                SimulatedFault(kind)
            )
            let answer = try upstream.answer(.listLinks)
            #expect(answer.document?["data"] == nil)
            #expect(answer.delay == .seconds(1))
            #expect(answer.pace != nil)
        }
    }

    @Test func `garbage is no text`() throws {
        var upstream = try Self.upstream(with: SimulatedFault(.garbage(bytes: 300)))
        let body = try upstream.answer(.listLinks).body
        #expect(body.count == 300)
        #expect(String(validating: body, as: UTF8.self) == nil)
    }

    @Test func `requests are counted, the spoiled and the lost ones too`() throws {
        var upstream = try Self.upstream(with: .status(503, count: 1))
        for _ in 0..<3 { _ = try upstream.answer(.listLinks) }
        _ = try upstream.answer(.getLink("orders"))
        _ = try upstream.answer(.listLinks, on: "nowhere")
        #expect(upstream.ledger.total(of: "lkc-one", path: "/links") == 3)
        #expect(upstream.ledger.total(of: "lkc-one", path: "/links/orders") == 1)
        #expect(upstream.ledger.total(of: "nowhere") == 1)
        #expect(upstream.ledger.total(method: "GET") == 5)
        #expect(upstream.ledger.total(method: "DELETE") == 0)
    }
}
