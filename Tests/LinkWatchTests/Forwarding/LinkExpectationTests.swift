import ClusterLinks
import Testing

@testable import LinkWatch

struct LinkExpectationTests {
    private static func ids(_ texts: [String]) -> [LinkIdentity] {
        texts.compactMap { ClusterLinkID($0).map(LinkIdentity.id) }
    }

    @Test(arguments: [
        (LinkExpectation.Change.create, [], [], false), (.create, [], ["new"], true),
        (.create, ["old"], ["old"], false),
        (.create, ["old"], ["new"], true), (.create, ["old"], ["old", "new"], true), (.create, ["old"], [], false),
        (.delete, ["old"], ["old"], false), (.delete, ["old"], [], true), (.delete, ["old"], ["new"], true),
        (.delete, ["a", "b"], ["b"], false), (.delete, [], ["unseen"], false), (.delete, [], [], true),
    ])
    func `the name alone does not tell the new link from the old`(
        change: LinkExpectation.Change,
        before: [String],
        listed: [String],
        isMet: Bool
    ) throws {
        let name = try #require(LinkName("orders"))
        let expectation = LinkExpectation(change: change, link: name, before: Set(Self.ids(before)))
        #expect(expectation.isMet(by: Self.ids(listed)) == isMet)
    }
}
