import ClusterLinks
import KafkaREST
import Testing

/// The cluster that the tests ask about, and the moment at which they do.
enum Fixture {
    static let base = "https://pkc-0a1b2.eu-north-7.example.test/kafka/v3"
    static let links = "\(base)/clusters/lkc-zz9plural/links"
    /// That is 2026-11-22T18:00:00Z.
    static let now = Instant(milliseconds: 1_795_370_400_000)

    static func client(
        _ transport: ScriptedTransport,
        credentials: Credentials = .none,
        unpack: @escaping Unpack = { _ in nil },
        limits: Limits = Limits()
    ) throws -> KafkaRESTClient {
        KafkaRESTClient(
            endpoint: try Endpoint(baseURL: base, cluster: ClusterID("lkc-zz9plural")),
            credentials: credentials,
            transport: transport,
            unpack: unpack,
            limits: limits,
            now: { now }
        )
    }

    /// What the client makes of one answer to the list.
    static func list(_ reply: ScriptedTransport.Reply) async throws -> LinkList {
        let answer = try await client(ScriptedTransport(links, reply)).links()
        guard case .list(let list, _) = answer else { throw NothingNew() }
        return list
    }

    /// How the client fails on one answer to the list.
    static func failure(
        _ reply: ScriptedTransport.Reply,
        credentials: Credentials = .none,
        unpack: @escaping Unpack = { _ in nil }
    ) async throws -> PollFailure {
        let client = try client(ScriptedTransport(links, reply), credentials: credentials, unpack: unpack)
        return try #require(await client.listFailure())
    }

    static func page(_ items: String, next: String = "null") -> String {
        #"{"kind":"KafkaLinkDataList","metadata":{"self":"\#(links)","next":\#(next)},"data":[\#(items)]}"#
    }

    struct NothingNew: Error {}
}

extension KafkaRESTClient {
    /// How listing fails; nil where it does not.
    func listFailure() async -> PollFailure? {
        do throws(PollFailure) {
            _ = try await links()
            return nil
        } catch {
            return error
        }
    }
}
