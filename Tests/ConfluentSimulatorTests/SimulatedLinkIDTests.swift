import ConfluentSimulator
import Testing

struct SimulatedLinkIDTests {
    /// Pairs seen in answers of real servers.
    @Test(arguments: [
        ("a66e98f2-a403-4b54-bc3f-04227fdc3660", "pm6Y8qQDS1S8PwQif9w2YA"),
        ("ab3d070c-457e-433d-81e5-a3c5a5c59025", "qz0HDEV-Qz2B5aPFpcWQJQ"),
    ])
    func `the two ids are one value`(linkID: String, clusterLinkID: String) throws {
        let id = try #require(SimulatedLinkID(clusterLinkID: clusterLinkID))
        #expect(id.linkID == linkID)
        #expect(id.clusterLinkID == clusterLinkID)
    }

    @Test func `drawn ids are distinct and of 22 characters`() {
        var generator = SeededGenerator(seed: 9)
        let ids = (0..<1_000).map { _ in SimulatedLinkID(using: &generator) }
        #expect(Set(ids).count == 1_000)
        #expect(ids.allSatisfy { $0.clusterLinkID.utf8.count == 22 && $0.linkID.utf8.count == 36 })
        #expect(ids.allSatisfy { SimulatedLinkID(clusterLinkID: $0.clusterLinkID) == $0 })
    }

    @Test(arguments: ["", "short", "pm6Y8qQDS1S8PwQif9w2YA=x", "!!6Y8qQDS1S8PwQif9w2YA"])
    func `other text is no id`(text: String) {
        #expect(SimulatedLinkID(clusterLinkID: text) == nil)
    }
}
