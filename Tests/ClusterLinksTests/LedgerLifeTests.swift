import ClusterLinks
import ExactJSON
import Testing

/// Truth rules 3, 4 and 5: how a link comes, changes, keeps its identity and goes.
struct LedgerLifeTests {
    private static let id = LinkID.first.id
    private static let item = #"{"link_name":"orders","cluster_link_id":"\#(id)","link_state":"ACTIVE"}"#

    @Test func theFirstListIsTheBaselineAndTheNextIsNot() throws {
        var cluster = ObservedCluster()
        #expect(
            try cluster.lists(#"{"link_name":"b"}"#, #"{"link_name":"a"}"#) == [
                "a appeared at first", "b appeared at first",
            ]
        )
        #expect(
            try cluster.lists(#"{"link_name":"b"}"#, #"{"link_name":"a"}"#, #"{"link_name":"c"}"#) == ["c appeared"]
        )
    }

    @Test func anEmptyListIsABaselineToo() throws {
        var cluster = ObservedCluster()
        #expect(try cluster.lists() == [])
        #expect(try cluster.lists(Self.item) == ["orders appeared"])
    }

    @Test func anEqualListSaysNothing() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        let before = cluster.link("orders")
        #expect(
            try cluster.lists(
                #"{"cluster_link_id":"\#(Self.id)","link_state":"ACTIVE","link_name":"orders","link_error":"NO_ERROR"}"#
            ) == []
        )
        #expect(cluster.link("orders") == before)
    }

    @Test func aLinkThatASuccessfulListLacksIsDeleted() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item, #"{"link_name":"other"}"#)
        #expect(try cluster.lists(#"{"link_name":"other"}"#) == ["orders vanished"])
        #expect(cluster.link("orders") == nil)
        #expect(try cluster.lists() == ["other vanished"])
        #expect(cluster.ledger.links.isEmpty)
    }

    @Test(arguments: [
        (#""link_state":"PAUSED""#, "link_state"),
        (
            #""link_state":"ACTIVE","link_error":"TIMEOUT_ERROR","link_error_message":"no answer""#,
            "link_error link_error_message"
        ),
        (#""link_state":"ACTIVE","topic_names":["a"]"#, "topic_names"),
        (
            #""link_state":"ACTIVE","remote_cluster_id":"lkc-2","category_counts":[{"state_category":"ACTIVE","count":1}]"#,
            "category_counts remote_cluster_id"
        ),
        (#""zeta":1,"alpha":{"a":null},"link_state":"FAILED""#, "alpha link_state zeta"),
        (#""kind":"KafkaLinkData""#, "kind link_state"),
    ])
    func aChangeNamesItsFieldsInOrderOfTheAlphabet(members: String, fields: String) throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        let changed = #"{"link_name":"orders","cluster_link_id":"\#(Self.id)",\#(members)}"#
        #expect(try cluster.lists(changed) == ["orders changed \(fields)"])
        #expect(cluster.link("orders")?.versionSince == .seconds(2))
        #expect(cluster.link("orders")?.firstObservedAt == .seconds(1))
        #expect(try cluster.lists(Self.item) == ["orders changed \(fields)"])
    }

    @Test func aRenamedLinkIsTheSameLink() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        let renamed = #"{"link_name":"orders-2","cluster_link_id":"\#(Self.id)","link_state":"ACTIVE"}"#
        #expect(try cluster.lists(renamed) == ["orders-2 changed link_name"])
        #expect(cluster.link("orders-2")?.firstObservedAt == .seconds(1))
    }

    @Test func anotherIDUnderTheSameNameIsADeletionAndACreation() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        let recreated = #"{"link_name":"orders","cluster_link_id":"\#(LinkID.second.id)","link_state":"ACTIVE"}"#
        #expect(try cluster.lists(recreated) == ["orders vanished", "orders appeared"])
        #expect(try cluster.link("orders")?.identity == .known(LinkID.second.id))
        #expect(cluster.link("orders")?.firstObservedAt == .seconds(2))
    }

    @Test func deletionsComeBeforeEverythingElse() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(#"{"link_name":"b"}"#, #"{"link_name":"z"}"#, #"{"link_name":"y"}"#)
        #expect(
            try cluster.lists(#"{"link_name":"a"}"#, #"{"link_name":"b","link_state":"FAILED"}"#, #"{"link_name":"c"}"#)
                == ["y vanished", "z vanished", "a appeared", "b changed link_state", "c appeared"]
        )
    }

    @Test func anIDThatReturnsIsTheSameLinkAgain() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        _ = try cluster.lists()
        let list = try LinkList(Self.item)
        #expect(try cluster.ledger.newcomers(in: list) == [.known(Self.id)])
        let lives = try [LinkIdentity.known(Self.id): Instant.seconds(1)]
        #expect(try cluster.lists(Self.item, earlierLives: lives) == ["orders appeared"])
        #expect(cluster.link("orders")?.firstObservedAt == .seconds(1))
        #expect(cluster.link("orders")?.versionSince == .seconds(3))
        #expect(cluster.ledger.newcomers(in: list) == [])
    }

    @Test(arguments: [
        #"{"link_name":"orders","cluster_link_id":"\#(id)","link_state":"ACTIVE"}"#,
        #"{"link_name":"orders","link_id":"\#(LinkID.first.uuid)","link_state":"ACTIVE"}"#,
        #"{"link_name":"orders","cluster_link_id":"\#(id)","link_id":"\#(LinkID.first.uuid)","link_state":"ACTIVE"}"#,
    ])
    func aLinkKnownByNameAdoptsItsIDWithoutAChange(withID: String) throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(#"{"link_name":"orders","link_state":"ACTIVE"}"#)
        #expect(try cluster.lists(withID) == ["orders adopted \(Self.id)"])
        let link = try #require(cluster.link("orders"))
        #expect(try link.identity == .known(Self.id))
        #expect(link.content.clusterLinkID?.rawValue == Self.id)
        #expect(link.firstObservedAt == .seconds(1))
        #expect(link.versionSince == .seconds(1))
        #expect(try cluster.lists(withID) == [])
    }

    @Test func anAdoptionTellsApartWhatElseChanged() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(#"{"link_name":"orders","link_state":"FAILED"}"#)
        #expect(try cluster.lists(Self.item) == ["orders adopted \(Self.id)", "orders changed link_state"])
    }

    @Test func twoIDsAtOnceUnderTheNameAreNotGuessedAbout() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(#"{"link_name":"orders"}"#)
        let events = try cluster.lists(
            #"{"link_name":"orders","cluster_link_id":"\#(LinkID.first.id)"}"#,
            #"{"link_name":"orders","cluster_link_id":"\#(LinkID.second.id)"}"#
        )
        #expect(events == ["orders vanished", "orders appeared", "orders appeared"])
    }

    @Test func anAdoptedIDIsNoNewcomer() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(#"{"link_name":"orders"}"#)
        #expect(cluster.ledger.newcomers(in: try LinkList(Self.item)) == [])
    }

    @Test func anIDMissingLaterIsTheSameLink() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        #expect(try cluster.lists(#"{"link_name":"orders","link_state":"ACTIVE"}"#) == [])
        #expect(try cluster.link("orders")?.identity == .known(Self.id))
        #expect(try cluster.lists(#"{"link_name":"orders","link_state":"FAILED"}"#) == ["orders changed link_state"])
        #expect(cluster.link("orders")?.content.clusterLinkID?.rawValue == Self.id)
        #expect(try cluster.lists(Self.item) == ["orders changed link_state"])
    }

    @Test func theTwoSpellingsOfOneIDAreTheSameLink() throws {
        var cluster = ObservedCluster()
        let byUUID = #"{"link_name":"orders","link_id":"\#(LinkID.first.uuid)","link_state":"ACTIVE"}"#
        let both =
            #"{"link_name":"orders","cluster_link_id":"\#(Self.id)","link_id":"\#(LinkID.first.uuid)","link_state":"ACTIVE"}"#
        _ = try cluster.lists(byUUID)
        #expect(try cluster.lists(both) == [])
        #expect(try cluster.lists(byUUID) == [])
        #expect(try cluster.link("orders")?.identity == .known(Self.id))
    }

    @Test func aNameWithoutIDBesideItsFormerLinkIsNotGuessed() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        // The list shows the known link and, under the same name, one without an id: they cannot be the same.
        #expect(try cluster.lists(Self.item, #"{"link_name":"orders"}"#) == ["orders appeared"])
        #expect(cluster.ledger.links.count == 2)
    }

    @Test func ghostsAreKeptButNeverBecomeLinks() throws {
        var cluster = ObservedCluster()
        let ghost =
            #"{"link_name":"","cluster_link_id":"\#(Self.id)","link_state":"UNMANAGED_SOURCE","link_error":"X"}"#
        _ = try cluster.lists(Self.item)
        #expect(try cluster.lists(ghost) == ["orders vanished"])
        #expect(cluster.ledger.ghosts.count == 1)
        #expect(cluster.ledger.links.isEmpty)
        #expect(try cluster.lists() == [])
        #expect(cluster.ledger.ghosts.isEmpty)
    }

    @Test func aMalformedListNeverReachesTheLedger() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        let before = cluster.ledger.links
        #expect(throws: MalformedList.self) { try cluster.lists("{}") }
        #expect(cluster.ledger.links == before)
        #expect(cluster.ledger.observations == 1)
    }

    @Test func unchangedBytesAreAnObservationLikeAnyOther() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        cluster.seesTheSameBytes()
        #expect(cluster.ledger.observations == 2)
        #expect(try cluster.lists(Self.item, #"{"link_name":"new"}"#) == ["new appeared"])
        #expect(cluster.ledger.observations == 3)
    }

    @Test func aLedgerTakenUpAfterARestartGoesOnAsBefore() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item, #"{"link_name":"named","link_error":"TIMEOUT_ERROR"}"#, #"{"link_name":""}"#)
        let ledger = cluster.ledger
        var restarted = ClusterLedger(
            links: Array(ledger.links.values),
            ghosts: ledger.ghosts,
            observations: ledger.observations
        )
        #expect(restarted.links == ledger.links)
        #expect(restarted.ghosts == ledger.ghosts)
        let next = try LinkList(#"{"link_name":"named","link_state":"ACTIVE"}"#, #"{"link_name":"new"}"#)
        var uninterrupted = ledger
        #expect(restarted.observe(next, at: .seconds(2)) == uninterrupted.observe(next, at: .seconds(2)))
        #expect(restarted.links == uninterrupted.links)
    }

    @Test func aRecordThatOnlyLacksItsNameDeletesNothing() throws {
        var ledger = ClusterLedger()
        let id = "BAAAAAAAAAAAAAAAAAAAAA"
        _ = ledger.observe(
            try LinkList("{\"link_name\":\"a\",\"cluster_link_id\":\"\(id)\"}"),
            at: Instant(milliseconds: 1)
        )
        let nameless = try LinkList("{\"link_name\":null,\"cluster_link_id\":\"\(id)\"}")
        #expect(ledger.observe(nameless, at: Instant(milliseconds: 2)).isEmpty)
        #expect(ledger.links.count == 1 && ledger.ghosts.isEmpty)
        let unknown = try LinkList("{\"cluster_link_id\":\"CAAAAAAAAAAAAAAAAAAAAA\"}")
        #expect(ledger.observe(unknown, at: Instant(milliseconds: 3)).count == 1)
        #expect(ledger.links.isEmpty && ledger.ghosts.count == 1)
    }

    @Test func ghostsInAnotherOrderOrAtAnotherAddressAreTheSameGhosts() throws {
        var ledger = ClusterLedger()
        _ = ledger.observe(
            try LinkList(#"{"link_name":"","metadata":{"self":"1"}}"#, #"{"link_name":"","link_state":"X"}"#),
            at: Instant(milliseconds: 1)
        )
        let before = ledger.ghosts
        let again = try LinkList(#"{"link_name":"","link_state":"X"}"#, #"{"link_name":"","metadata":{"self":"2"}}"#)
        _ = ledger.observe(again, at: Instant(milliseconds: 2))
        #expect(ledger.ghosts == before)
    }
}
