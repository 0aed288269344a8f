import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct CachingTests {
    @Test func theTagOfLinksChangesOnlyWithAVersionOrAHealth() async throws {
        try await APIFixture.with { fixture in
            let items = (0..<9).map { item("link-\($0)") }
            try await fixture.list(items)
            let first = try await fixture.get("/api/v1/links")
            let tag = try #require(first.fields["etag"])
            for _ in 0..<3 {
                fixture.clock.advance(by: .seconds(60))
                try await fixture.list(items)
                await fixture.fail("timeout")
                await fixture.store.storeSightings()
                let later = try await fixture.get("/api/v1/links")
                #expect(later.fields["etag"] == tag)
                #expect(later.body == first.body)
            }
            fixture.clock.advance(by: .seconds(180))
            let unknown = try await fixture.get("/api/v1/links", ["If-None-Match": tag])
            #expect(unknown.status == 200)
            try await fixture.list(items)
            let known = try await fixture.get("/api/v1/links", ["If-None-Match": tag])
            #expect(known.status == 304)
            try await fixture.list(items.dropLast() + [item("link-8", ["link_error": "TIMEOUT_ERROR"])])
            let changed = try await fixture.get("/api/v1/links", ["If-None-Match": tag])
            #expect(changed.status == 200)
            let others = try await fixture.get("/api/v1/links?link_name=link-1")
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list(items)
            let same = try await fixture.get("/api/v1/links?link_name=link-1")
            #expect(same.fields["etag"] == others.fields["etag"])
            #expect(same.fields["linkwatch-sequence"] != others.fields["linkwatch-sequence"])
        }
    }

    @Test func aGzipBodyHasATagOfItsOwn() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list((0..<20).map { item("link-\($0)") })
            for path in [
                "/api/v1/links", "/metrics", "/openapi.json", "/kafka/v3/clusters/lkc-1/links", "/api/v1/topology",
                "/api/v1/topology?format=mermaid",
            ] {
                let plain = try await fixture.get(path)
                let packed = try await fixture.get(path, ["Accept-Encoding": "gzip"])
                #expect(packed.fields["content-encoding"] == "gzip")
                #expect(packed.body.count < plain.body.count)
                #expect(Array(packed.body.prefix(2)) == [0x1F, 0x8B])
                #expect(packed.fields["etag"] != plain.fields["etag"])
                #expect(packed.fields["cache-control"] == "no-cache")
            }
        }
    }

    @Test(arguments: [
        "/api/v1/clusters", "/api/v1/links", "/api/v1/clusters/lkc-1/links", "/api/v1/links?deleted=true",
        "/api/v1/clusters/lkc-1/links/orders/history", "/api/v1/clusters/lkc-1/links/orders/errors",
        "/api/v1/clusters/lkc-1/snapshots", "/api/v1/clusters/lkc-1/polls", "/api/v1/links/pairs", "/api/v1/topology",
        "/api/v1/topology?format=mermaid", "/api/v1/changes",
    ])
    func everyListTellsItsSequenceAlsoWhereItDidNotChange(path: String) async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders"), item("gone")])
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([item("orders")])
            await fixture.store.storeSightings()
            let answer = try await fixture.get(path)
            #expect(answer.fields["linkwatch-sequence"] == "3")
            #expect(answer.fields["cache-control"] == "no-cache")
            let tag = try #require(answer.fields["etag"])
            for method in ["GET", "HEAD"] {
                let unchanged = try await fixture.client.send(method, path, fields: ["If-None-Match": "W/\(tag)"])
                #expect(unchanged.status == 304)
                #expect(unchanged.fields["etag"] == tag)
                #expect(unchanged.fields["linkwatch-sequence"] == "3")
                #expect(unchanged.body.isEmpty)
            }
        }
    }

    @Test(arguments: [
        "/api/v1/clusters", "/api/v1/links", "/api/v1/clusters/lkc-1/links/orders", "/openapi.json", "/metrics",
        "/livez", "/kafka/v3/clusters/lkc-1/links", "/api/v1/nope",
    ])
    func headAnswersAsGetDoesWithoutTheBody(path: String) async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("orders")])
            let whole = try await fixture.get(path)
            let head = try await fixture.client.send("HEAD", path)
            #expect(head.status == whole.status)
            #expect(head.body.isEmpty)
            #expect(head.fields["content-type"] == whole.fields["content-type"])
            // The metrics count the requests in between.
            if path != "/metrics" { #expect(head.fields["content-length"] == whole.fields["content-length"]) }
        }
    }
}
