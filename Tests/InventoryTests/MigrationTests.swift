import ClusterLinks
import ExactJSON
import Foundation
import Inventory
import Testing

/// Databases that released schemas wrote, under the inventory of today.
@Suite(.timeLimit(.minutes(2)))
struct MigrationTests {
    @Test(arguments: SchemaFixture.released)
    func theFileIsStillTheOneThatItsSchemaWrote(fixture: SchemaFixture) async throws {
        try await fixture.withCopy { copy in
            let schema = try fixture.record().schema
            #expect(try copy.migrations() == schema)
        }
    }

    /// The second opening finds a file that is up to date.
    @Test(arguments: SchemaFixture.released)
    func everythingIsAnsweredAsItWas(fixture: SchemaFixture) async throws {
        let expected = try fixture.record().answers
        try await fixture.withCopy { copy in
            for _ in 1...2 {
                try await copy.opened { inventory in
                    let answers = try await InventoryAnswers(inventory, now: copy.now).all(askedIn: expected)
                    #expect(answers.differences(from: expected).prefix(20) == [])
                }
                #expect(try copy.violations() == [])
            }
        }
    }

    @Test(arguments: SchemaFixture.released)
    func theSchemaIsThatOfANewFile(fixture: SchemaFixture) async throws {
        try await fixture.withCopy { copy in
            let new = SchemaFixture.Copy(path: copy.path + ".new", now: copy.now)
            let schema = try await new.opened { try $0.database.facts().schema }
            #expect(try await copy.opened { try $0.database.facts().schema } == schema)
        }
    }

    @Test(arguments: SchemaFixture.released)
    func aListThatSaysTheSameIsNoNews(fixture: SchemaFixture) async throws {
        try await goingOn(fixture) { inventory, cluster, now in
            let snapshots = try await inventory.history.snapshots(of: cluster.id, page: InventoryAnswers.everything)
            let poll = try await inventory.list(cluster.items, on: cluster.id, at: now)
            #expect(poll?.changes == 0)
            #expect(
                try await inventory.history.snapshots(of: cluster.id, page: InventoryAnswers.everything).count
                    == snapshots.count
            )
        }
    }

    @Test(arguments: SchemaFixture.released)
    func theNextChangeEndsTheOpenVersionAndTakesTheNextNumber(fixture: SchemaFixture) async throws {
        try await goingOn(fixture) { inventory, cluster, now in
            let sequence = inventory.fleet.current(at: now).sequence
            let link = try #require(cluster.links.first { $0.link.identity.clusterLinkID != nil }).link
            var items = cluster.items
            let index = try #require(items.firstIndex { LinkContent(item: $0) == link.content.with(tasks: nil) })
            items[index]["link_error"] = "SOMETHING_NEW"
            let poll = try #require(try await inventory.list(items, on: cluster.id, at: now))
            #expect(poll.changes == 1)
            #expect(inventory.fleet.current(at: now).sequence == sequence + 1)
            let selection = History.LinkSelection(
                cluster: cluster.id,
                name: link.name.rawValue,
                id: link.identity.clusterLinkID
            )
            let versions = try await inventory.history.versions(of: selection, page: .init(limit: 2))
            #expect(versions.map(\.validFrom) == [poll.poll.at, link.versionSince])
            #expect(versions.map(\.validTo) == [nil, poll.poll.at])
            #expect(versions.first?.changed.names.contains("link_error") == true)
            let episodes = try await inventory.history.episodes(of: selection, page: .init(limit: 2), now: now)
            #expect(episodes.first?.startedAt == poll.poll.at)
            if let open = link.episode {
                #expect(episodes.last?.startedAt == open.startedAt && episodes.last?.endedAt == poll.poll.at)
            }
            let last = try #require(try await InventoryAnswers(inventory, now: now).changes().last?.object)
            #expect(last["sequence"] == .int(sequence + 1))
            #expect(last["before"] == .object(link.content.fields))
        }
    }

    @Test(arguments: SchemaFixture.released)
    func aLinkThatWentAwayComesBackAsTheSame(fixture: SchemaFixture) async throws {
        var returned = 0
        try await goingOn(fixture) { inventory, cluster, now in
            let gone = try await inventory.history.deletedLinks(of: cluster.id)
                .filter { gone in !cluster.links.contains { $0.link.name == gone.name } }
            guard let link = gone.min(by: { $0.identity.description < $1.identity.description }) else { return }
            try await inventory.list(cluster.items + [link.document.fields], on: cluster.id, at: now)
            let view = try #require(inventory.fleet.current(at: now).cluster(cluster.id))
            let record = try #require(view.links.first { $0.link.identity == link.identity })
            #expect(record.link.firstObservedAt == link.firstObservedAt)
            #expect(!record.link.hasTaskReading)
            returned += 1
        }
        #expect(returned > 0)
    }

    /// Not a test: see `Fixtures/README.md`.
    @Test(.enabled(if: newFixture != nil, "set LINKWATCH_NEW_FIXTURE to write one of today's schema"))
    func aNewFixtureIsWritten() async throws {
        try await SchemaFixture(name: #require(Self.newFixture)).write()
    }

    private static let newFixture = ProcessInfo.processInfo.environment["LINKWATCH_NEW_FIXTURE"]

    /// Lends each cluster that is configured and was listed, on a copy of its own, which must still be sound afterwards.
    private func goingOn(
        _ fixture: SchemaFixture,
        _ body: (InventoryStore, ClusterView, Instant) async throws -> Void
    ) async throws {
        let clusters = try await fixture.withCopy { copy in
            try await copy.opened { $0.fleet.current(at: copy.now).clusters.filter { $0.isConfigured && $0.wasListed } }
        }
        #expect(!clusters.isEmpty)
        for cluster in clusters {
            try await fixture.withCopy { copy in
                try await copy.opened { try await body($0, cluster, copy.now) }
                #expect(try copy.violations() == [])
            }
        }
    }
}

extension ClusterView {
    /// A list that says of the cluster what is known of it.
    fileprivate var items: [JSONObject] { links.map(\.link.content.fields) + ghosts }
}
