import ClusterLinks
import KafkaREST
import Testing

struct GzipTests {
    private static let packed: [UInt8] = [0x1F, 0x8B, 0x08, 0x00]

    /// Stands for zlib: knows one packed body.
    private static func unpack(into text: String) -> Unpack {
        { $0 == packed ? Array(text.utf8) : nil }
    }

    @Test func aBodyThatDoesNotSayItIsGzipIsUnpacked() async throws {
        let client = try Fixture.client(
            ScriptedTransport(Fixture.links, .bytes(Self.packed)),
            unpack: Self.unpack(into: Fixture.page(#"{"link_name":"a"}"#))
        )
        guard case .list(let list, _) = try await client.links() else { throw Fixture.NothingNew() }
        #expect(list.links.count == 1)
    }

    @Test func anErrorIsUnpackedToo() async throws {
        let failure = try await Fixture.failure(
            .bytes(Self.packed, status: 401),
            unpack: Self.unpack(into: #"{"error_code":401,"message":"no right"}"#)
        )
        #expect(failure.reason == .authorization && failure.message == "no right")
    }

    @Test func aDamagedBodyIsMalformed() async throws {
        let failure = try await Fixture.failure(.bytes(Self.packed + [1]), unpack: Self.unpack(into: "{}"))
        #expect(failure.reason == .malformed && failure.message == "the gzip body is damaged")
    }

    @Test func aDamagedErrorKeepsItsStatus() async throws {
        let failure = try await Fixture.failure(.bytes(Self.packed, status: 503))
        #expect(failure.reason == .server && failure.message == "HTTP status 503 without a message")
    }

    @Test func aBombIsTooLarge() async throws {
        let failure = try await Fixture.failure(
            .bytes(Self.packed),
            unpack: { _ in throw TransportFailure(reason: "too_large", message: "more than 64 MiB unpacked") }
        )
        #expect(failure.reason == .tooLarge && failure.httpStatus == 200)
    }

    @Test func aBodyThatIsNotGzipIsLeftAlone() async throws {
        let client = try Fixture.client(
            ScriptedTransport(Fixture.links, .body(Fixture.page(""))),
            unpack: { _ in throw Fixture.NothingNew() }
        )
        #expect(await client.listFailure() == nil)
    }
}
