import ClusterLinks
import KafkaREST
import Testing

struct EndpointTests {
    @Test(arguments: [
        ("https://pkc-1.example.test", "https://pkc-1.example.test/kafka/v3"),
        ("https://pkc-1.example.test/", "https://pkc-1.example.test/kafka/v3"),
        ("https://pkc-1.example.test:443", "https://pkc-1.example.test/kafka/v3"),
        ("HTTPS://PKC-1.Example.test", "https://pkc-1.example.test/kafka/v3"),
        ("http://10.0.0.7:8090", "http://10.0.0.7:8090/kafka/v3"),
        ("http://rest-proxy:8082/v3", "http://rest-proxy:8082/v3"),
        ("http://rest-proxy:8082/v3//", "http://rest-proxy:8082/v3"),
        ("http://[::1]:8090/behind/a%20gate/kafka/v3/", "http://[::1]:8090/behind/a%20gate/kafka/v3"),
        ("http://host:", "http://host/kafka/v3"),
    ])
    func aPathIsAddedOnlyWhereThereIsNone(configured: String, base: String) throws {
        let endpoint = try Endpoint(baseURL: configured, cluster: ClusterID("lkc-1"))
        #expect(endpoint.baseURL == base)
        #expect(endpoint.linksURL == "\(base)/clusters/lkc-1/links")
    }

    @Test(arguments: [
        ("", AddressError.notHTTP), ("pkc-1.example.test", .notHTTP), ("ftp://host", .notHTTP),
        ("https:/host", .notHTTP),
        ("file:///etc/passwd", .notHTTP), ("https://", .host), ("https:///v3", .host), ("https://:8090", .host),
        ("https://[dead", .host), ("https://[]", .host), ("https://ho%20st", .host), ("https://host:0", .port),
        ("https://host:65536", .port), ("https://host:80a", .port), ("https://[::1]8090", .host),
        ("https://key:secret@host", .userInfo), ("https://host?x=1", .query), ("https://host/v3?", .query),
        ("https://host#top", .fragment), ("https://ho st", .illegalCharacter), ("https://höst", .illegalCharacter),
        ("https://host/a\r\nX: y", .illegalCharacter), ("https://host/v3\\links", .illegalCharacter),
        ("https://host/v3/../admin", .dotSegment), ("https://host/v3/%2E%2e/admin", .dotSegment),
    ])
    func anAddressThatCannotBeAskedIsRefused(text: String, error: AddressError) {
        #expect(throws: error) { try Endpoint(baseURL: text, cluster: ClusterID("lkc-1")) }
    }

    @Test func aRefusalDoesNotShowThePassword() {
        for error in AddressError.allCases { #expect(!"\(error)".isEmpty && !"\(error)".contains("secret")) }
    }

    @Test(arguments: [
        ("orders-dr", "orders-dr"), ("a.b_c~d-9", "a.b_c~d-9"), ("a/b", "a%2Fb"), ("/", "%2F"), ("a b", "a%20b"),
        ("a+b", "a%2Bb"), ("50%", "50%25"), ("%2F", "%252F"), ("a?b#c", "a%3Fb%23c"), ("a:b@c", "a%3Ab%40c"),
        ("a&b=c;d,e!f$g'h(i)j*k", "a%26b%3Dc%3Bd%2Ce%21f%24g%27h%28i%29j%2Ak"), ("ö", "%C3%B6"),
        ("🔗", "%F0%9F%94%97"), ("\u{0}\u{1F}\u{7F}", "%00%1F%7F"), ("\\", "%5C"), ("...", "..."), ("..a", "..a"),
        ("../admin", "..%2Fadmin"), (" ", "%20"), ("-", "-"),
    ])
    func onlyUnreservedCharactersOfANameStandInAPath(name: String, segment: String) throws {
        let endpoint = try Endpoint(baseURL: "https://h/v3", cluster: ClusterID(name))
        let link = try #require(LinkName(name))
        let links = "https://h/v3/clusters/\(segment)/links"
        #expect(endpoint.linksURL == links)
        #expect(endpoint.linkURL(link) == "\(links)/\(segment)")
        #expect(endpoint.linkURL(link, includeTasks: true) == "\(links)/\(segment)?include_tasks=true")
    }

    @Test(arguments: ["", ".", ".."])
    func aClusterIDWithoutAPathOfItsOwnIsRefused(id: String) {
        #expect(throws: AddressError.clusterID) { try Endpoint(baseURL: "https://h", cluster: ClusterID(id)) }
    }

    @Test(arguments: [".", ".."])
    func aNameThatWouldMeanAnotherPlaceIsNeverAskedFor(name: String) async throws {
        let transport = ScriptedTransport([:])
        let client = try Fixture.client(transport)
        let link = try #require(LinkName(name))
        await #expect(throws: PollFailure.self) { try await client.link(link, includeTasks: true) }
        #expect(client.endpoint.linkURL(link) == nil)
        #expect(transport.requests.isEmpty)
    }
}
