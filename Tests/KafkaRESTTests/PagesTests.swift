import ClusterLinks
import KafkaREST
import Testing

struct PagesTests {
    private static let a = #"{"link_name":"a"}"#
    private static let b = #"{"link_name":"b"}"#

    private static func transport(next: String, then page: String = Fixture.page(b)) -> ScriptedTransport {
        ScriptedTransport([
            Fixture.links: [.body(Fixture.page(a, next: next))], "\(Fixture.links)?page=2": [.body(page)],
        ])
    }

    @Test(arguments: [
        #""\#(Fixture.links)?page=2""#, #""?page=2""#, #""/kafka/v3/clusters/lkc-zz9plural/links?page=2""#,
        #""https://PKC-0A1B2.eu-north-7.example.test:443/kafka/v3/clusters/lkc-zz9plural/links?page=2""#,
    ])
    func theNextPageOfTheSameOriginIsRead(next: String) async throws {
        let transport = Self.transport(next: next)
        guard case .list(let list, _) = try await Fixture.client(transport).links() else { throw Fixture.NothingNew() }
        #expect(list.links.map(\.name.rawValue) == ["a", "b"])
        #expect(transport.urls == [Fixture.links, "\(Fixture.links)?page=2"])
    }

    @Test(arguments: ["null", #""""#])
    func noNextIsTheEnd(next: String) async throws {
        let transport = Self.transport(next: next)
        _ = try await Fixture.client(transport).links()
        #expect(transport.urls == [Fixture.links])
    }

    @Test(arguments: [
        (#""https://elsewhere.example.test/kafka/v3/links""#, "another origin, elsewhere.example.test:443"),
        (#""http://pkc-0a1b2.eu-north-7.example.test/kafka/v3/links""#, "another origin"),
        (#""https://pkc-0a1b2.eu-north-7.example.test:8443/""#, "another origin"),
        (#""//evil.test/""#, "another origin"),
        (#""https://pkc-0a1b2.eu-north-7.example.test@evil.test/""#, "cannot be followed"),
        (#""file:///etc/passwd""#, "cannot be followed"), (#""/a b""#, "cannot be followed"), ("7", "no address"),
        (#"{"href":"?page=2"}"#, "no address"), (#""\#(Fixture.links)""#, "already read"),
        (##""#top""##, "already read"),
    ])
    func aNextThatCannotBeFollowedFailsThePoll(next: String, message: String) async throws {
        let transport = Self.transport(next: next)
        let failure = try #require(await Fixture.client(transport).listFailure())
        #expect(failure.reason == .malformed && failure.message.contains(message))
        #expect(transport.urls == [Fixture.links])
    }

    @Test func aLoopOfPagesIsSeen() async throws {
        let transport = Self.transport(next: #""?page=2""#, then: Fixture.page(Self.b, next: #""\#(Fixture.links)""#))
        let failure = try #require(await Fixture.client(transport).listFailure())
        #expect(failure.reason == .malformed && transport.urls.count == 2)
    }

    @Test func pagesWithoutEndAreCut() async throws {
        var replies: [String: [ScriptedTransport.Reply]] = [
            Fixture.links: [.body(Fixture.page(Self.a, next: #""?page=1""#))]
        ]
        for page in 1...9 {
            replies["\(Fixture.links)?page=\(page)"] = [.body(Fixture.page("", next: #""?page=\#(page + 1)""#))]
        }
        let transport = ScriptedTransport(replies)
        let failure = try #require(await Fixture.client(transport, limits: Limits(pages: 5)).listFailure())
        #expect(failure.reason == .malformed && failure.message.contains("more than 5 pages"))
        #expect(transport.urls.count == 5)
    }

    @Test func allPagesTogetherHaveABound() async throws {
        let page = Fixture.page(Self.a, next: #""?page=2""#)
        let client = try Fixture.client(
            Self.transport(next: #""?page=2""#),
            limits: Limits(bytes: page.utf8.count + 10)
        )
        #expect(await client.listFailure()?.reason == .tooLarge)
    }

    @Test func aLaterPageThatFailsFailsTheList() async throws {
        let transport = ScriptedTransport([
            Fixture.links: [.body(Fixture.page(Self.a, next: #""?page=2""#))],
            "\(Fixture.links)?page=2": [.body(#"{"error_code":404,"message":"gone"}"#, status: 404)],
        ])
        #expect(try await Fixture.client(transport).listFailure()?.reason == .notFound)
    }

    @Test func theSameBodyIsRecognised() async throws {
        let transport = ScriptedTransport(
            Fixture.links,
            .body(Fixture.page(Self.a)),
            .body(Fixture.page(Self.a)),
            .body(Fixture.page(Self.b))
        )
        let client = try Fixture.client(transport)
        guard case .list(_, let digest) = try await client.links() else { throw Fixture.NothingNew() }
        #expect(try await client.links(unlessDigest: digest) == .unchanged)
        guard case .list(let list, let other) = try await client.links(unlessDigest: digest) else {
            throw Fixture.NothingNew()
        }
        #expect(list.links.map(\.name.rawValue) == ["b"] && other != digest)
    }

    @Test func aBodyWithTheKnownDigestIsNotDecoded() async throws {
        let rubbish = "no JSON at all"
        let client = try Fixture.client(ScriptedTransport(Fixture.links, .body(rubbish)))
        #expect(try await client.links(unlessDigest: ContentDigest(of: rubbish.utf8)) == .unchanged)
    }

    @Test func aKnownBodyUnderAnErrorIsAnError() async throws {
        let body = Fixture.page(Self.a)
        let client = try Fixture.client(ScriptedTransport(Fixture.links, .body(body, status: 503)))
        await #expect(throws: PollFailure.self) { try await client.links(unlessDigest: ContentDigest(of: body.utf8)) }
    }

    @Test func theSamePagesAreRecognisedAndAChangedSecondOneIsNot() async throws {
        let transport = ScriptedTransport([
            Fixture.links: [.body(Fixture.page(Self.a, next: #""?page=2""#))],
            "\(Fixture.links)?page=2": [
                .body(Fixture.page(Self.b)), .body(Fixture.page(Self.b)), .body(Fixture.page("")),
            ],
        ])
        let client = try Fixture.client(transport)
        guard case .list(_, let digest) = try await client.links() else { throw Fixture.NothingNew() }
        #expect(try await client.links(unlessDigest: digest) == .unchanged)
        #expect(try await client.links(unlessDigest: digest) != .unchanged)
    }

    @Test func aSecondPageThatIsTheWholeKnownListIsNews() async throws {
        let known = ContentDigest(of: Fixture.page(Self.b).utf8)
        let client = try Fixture.client(Self.transport(next: #""?page=2""#))
        guard case .list(let list, _) = try await client.links(unlessDigest: known) else { throw Fixture.NothingNew() }
        #expect(list.links.count == 2)
    }
}
