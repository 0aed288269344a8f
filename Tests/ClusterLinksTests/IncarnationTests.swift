import ClusterLinks
import Testing

/// Truth rule 6: which of the links that have had a name the name means.
struct IncarnationTests {
    private struct Link: Incarnation {
        let clusterLinkID: ClusterLinkID?
        let firstObservedAt: Instant
        let isListed: Bool

        init(_ id: String?, since: Int64, listed: Bool) {
            clusterLinkID = id.flatMap { ClusterLinkID($0) }
            firstObservedAt = .seconds(since)
            isListed = listed
        }
    }

    private static let links = [
        Link("old", since: 1, listed: false), Link("current", since: 5, listed: true),
        Link("older", since: 3, listed: true), Link("gone", since: 9, listed: false), Link(nil, since: 4, listed: true),
    ]

    @Test func aNameMeansItsNewestListedIncarnation() {
        #expect(Self.links.meant()?.clusterLinkID?.rawValue == "current")
        #expect(Self.links.reversed().meant()?.clusterLinkID?.rawValue == "current")
    }

    @Test(arguments: ["old", "current", "older", "gone"])
    func anIDPicksAnyIncarnation(id: String) throws {
        #expect(Self.links.meant(byID: try ClusterLinkID(id).required)?.clusterLinkID?.rawValue == id)
    }

    @Test func anUnknownIDMeansNone() throws {
        #expect(Self.links.meant(byID: try ClusterLinkID("never").required) == nil)
    }

    @Test func aNameThatIsNoLongerListedMeansNone() {
        #expect(Self.links.filter { !$0.isListed }.meant() == nil)
        #expect([Link]().meant() == nil)
    }

    @Test func aLinkKnownByNameOnlyIsMeantByItsName() {
        #expect([Link("gone", since: 9, listed: false), Link(nil, since: 1, listed: true)].meant()?.isListed == true)
    }
}
