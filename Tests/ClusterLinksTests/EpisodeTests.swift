import ClusterLinks
import Testing

/// Truth rule 14: when an error episode begins, goes on and ends.
struct EpisodeTests {
    private static func item(_ members: String, id: String = LinkID.first.id) -> String {
        #"{"link_name":"orders","cluster_link_id":"\#(id)""# + (members.isEmpty ? "" : "," + members) + "}"
    }

    private static let timeout = item(#""link_error":"TIMEOUT_ERROR","link_error_message":"no answer""#)

    @Test func anErrorBeginsAnEpisodeAndItsAbsenceEndsIt() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item(""))
        #expect(try cluster.episodes(Self.timeout) == ["TIMEOUT_ERROR began: no answer"])
        let episode = try #require(cluster.link("orders")?.episode)
        #expect(episode.startedAt == .seconds(2))
        #expect(episode.firstObservation == 2)
        #expect(!episode.startedBeforeObservation)
        #expect(try cluster.episodes(Self.timeout) == [])
        #expect(cluster.link("orders")?.episode == episode)
        #expect(try cluster.episodes(Self.item(#""link_error":"NO_ERROR""#)) == ["TIMEOUT_ERROR ended"])
        #expect(cluster.link("orders")?.episode == nil)
    }

    @Test func anotherCodeEndsTheEpisodeAndBeginsTheNext() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.timeout)
        #expect(
            try cluster.episodes(Self.item(#""link_error":"AUTHENTICATION_ERROR""#))
                == ["TIMEOUT_ERROR ended", "AUTHENTICATION_ERROR began"]
        )
        #expect(cluster.link("orders")?.episode?.startedAt == .seconds(2))
        #expect(cluster.link("orders")?.episode?.startedBeforeObservation == false)
    }

    @Test func anotherMessageIsToldInsideTheEpisode() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.timeout)
        let other = Self.item(#""link_error":"TIMEOUT_ERROR","link_error_message":"still no answer""#)
        #expect(try cluster.episodes(other) == ["told still no answer"])
        let episode = try #require(cluster.link("orders")?.episode)
        #expect(episode.startedAt == .seconds(1))
        #expect(episode.message == "still no answer")
        #expect(try cluster.episodes(other) == [])
        #expect(try cluster.episodes(Self.timeout) == ["told no answer"])
    }

    @Test func aChangeOfSomethingElseIsInsideTheEpisode() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.timeout)
        let more = #""link_error":"TIMEOUT_ERROR","link_error_message":"no answer","link_state":"UNAVAILABLE""#
        #expect(try cluster.episodes(Self.item(more)) == [])
        #expect(cluster.link("orders")?.episode?.startedAt == .seconds(1))
    }

    @Test func theVeryFirstListSaysThatItMayBeOlder() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.timeout)
        #expect(cluster.link("orders")?.episode?.startedBeforeObservation == true)
        #expect(cluster.link("orders")?.episode?.firstObservation == 1)
    }

    @Test func aLinkThatAppearsBrokenLaterIsNotOlderThanItLooks() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists()
        #expect(try cluster.episodes(Self.timeout) == ["TIMEOUT_ERROR began: no answer"])
        #expect(cluster.link("orders")?.episode?.startedBeforeObservation == false)
    }

    @Test func aDeletionEndsTheEpisode() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.timeout)
        #expect(try cluster.episodes() == ["TIMEOUT_ERROR ended"])
    }

    @Test func aRecreationEndsTheEpisodeEvenUnderTheSameCode() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.timeout)
        let recreated = Self.item(#""link_error":"TIMEOUT_ERROR""#, id: LinkID.second.id)
        #expect(try cluster.episodes(recreated) == ["TIMEOUT_ERROR ended", "TIMEOUT_ERROR began"])
    }

    @Test func anAdoptedIDKeepsTheEpisode() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(#"{"link_name":"orders","link_error":"TIMEOUT_ERROR","link_error_message":"no answer"}"#)
        #expect(try cluster.episodes(Self.timeout) == [])
        #expect(cluster.link("orders")?.episode?.startedAt == .seconds(1))
    }

    @Test func aRenamedLinkKeepsItsEpisode() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.timeout)
        let renamed =
            #"{"link_name":"new","cluster_link_id":"\#(LinkID.first.id)","link_error":"TIMEOUT_ERROR","link_error_message":"no answer"}"#
        #expect(try cluster.episodes(renamed) == [])
        #expect(cluster.link("new")?.episode?.startedAt == .seconds(1))
    }

    @Test(arguments: ["FAILED", "UNAVAILABLE"])
    func aBadStateWithoutACodeIsAnEpisodeToo(state: String) throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item(""))
        #expect(try cluster.episodes(Self.item(#""link_state":"\#(state)""#)) == ["state \(state) began"])
        #expect(try cluster.episodes(Self.item(#""link_state":"ACTIVE""#)) == ["state \(state) ended"])
    }

    @Test(arguments: ["ACTIVE", "PAUSED", "UNKNOWN", "AVAILABLE", "UNMANAGED_SOURCE", "SOMETHING_NEW", "failed"])
    func anyOtherStateIsNone(state: String) throws {
        var cluster = ObservedCluster()
        #expect(try cluster.episodes(Self.item(#""link_state":"\#(state)""#)) == [])
    }

    @Test func aCodeThatJoinsABadStateBeginsAnotherEpisode() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item(#""link_state":"FAILED""#))
        #expect(
            try cluster.episodes(Self.item(#""link_state":"FAILED","link_error":"TIMEOUT_ERROR""#))
                == ["state FAILED ended", "TIMEOUT_ERROR began"]
        )
        #expect(
            try cluster.episodes(Self.item(#""link_state":"FAILED""#)) == ["TIMEOUT_ERROR ended", "state FAILED began"]
        )
    }

    @Test func tasksInErrorAreNoEpisode() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item(""))
        _ = try cluster.reads(tasks: #"[{"task_name":"AclSync","state":"IN_ERROR"}]"#, of: .known(LinkID.first.id))
        #expect(cluster.link("orders")?.episode == nil)
        #expect(try cluster.episodes(Self.item("")) == [])
    }

    @Test func unchangedPollsCountAsObservationsOfTheEpisode() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item(""))
        cluster.seesTheSameBytes()
        _ = try cluster.lists(Self.timeout)
        #expect(cluster.link("orders")?.episode?.firstObservation == 3)
    }

    @Test(arguments: [
        // Known until 100, and again from 200 on.
        (Span(0, 50), 0), (Span(0, 100), 0), (Span(50, 150), 50), (Span(100, 200), 100), (Span(50, 250), 100),
        (Span(110, 120), 10), (Span(200, 300), 0), (Span(300, 400), 100), (Span(150, 150), 0),
    ])
    func blindTimeIsTheUnknownPartOfAnEpisode(episode: Span, seconds: Int) {
        #expect(KnownTime.blind(in: episode, known: [Span(0, 100), Span(200, 300)]) == .seconds(seconds))
    }
}
