import ClusterLinks
import ExactJSON
import Testing

/// What a fold keeps of a link that changes however often.
struct LinkFoldTests {
    @Test func twoChangesAreKeptAsTheyCame() throws {
        var link = try FoldedLink()
        try link.says("A")
        link.isFolded()
        try link.says(nil)
        try link.says("A")
        #expect(link.changes == ["3: A to nothing", "4: nothing to A"])
        #expect(link.fold.lost == 0)
    }

    @Test func ofMoreChangesTheLastTwoTellTheDifferenceThatIsLeft() throws {
        var link = try FoldedLink()
        try link.says("A")
        link.isFolded()
        for error in ["B", "C", "D", "E"] { try link.says(error) }
        #expect(link.changes == ["5: A to D", "6: D to E"])
        // Two changes, and the episodes of B and C.
        #expect(link.fold.lost == 4)
    }

    @Test func aChangeThatLeavesNoDifferenceGoesToo() throws {
        var link = try FoldedLink()
        try link.says(nil)
        link.isFolded()
        for error in ["A", nil, "B"] { try link.says(error) }
        #expect(link.changes == ["5: nothing to B"])
        // Two changes and the episode of A.
        #expect(link.fold.lost == 3)
    }

    @Test func anEpisodeStaysAsLongAsAVersionOfIt() throws {
        var link = try FoldedLink()
        try link.says(nil)
        link.isFolded()
        try link.says("A")
        try link.says("A", extra: 1)
        try link.says(nil, extra: 2)
        #expect(link.changes == ["3: nothing to A", "4: A to A", "5: A to nothing"])
        #expect(link.episodes == ["began 3", "ended 3"])
        try link.says(nil, extra: 3)
        #expect(link.changes == ["5: nothing to nothing", "6: nothing to nothing"])
        #expect(link.episodes == [])
        // Two changes and the episode of A.
        #expect(link.fold.lost == 3)
    }

    @Test func anEpisodeWhoseVersionIsNotFoldedStays() throws {
        var link = try FoldedLink()
        try link.says(nil)
        link.isFolded(afterChanges: 1)
        try link.says("A")
        try link.isGone()
        #expect(link.changes == ["4: gone with A"])
        #expect(link.episodes == ["began 3", "ended 3"])
        #expect(link.fold.lost == 0)
    }

    @Test func aLifeThatBeganAndEndedIsForgotten() throws {
        var link = try FoldedLink()
        link.isFolded()
        try link.says("A")
        try link.says("B")
        try link.isGone()
        #expect(link.fold.entries.isEmpty)
        // Appearance, change, disappearance and two episodes.
        #expect(link.fold.lost == 5)
    }

    @Test func aLifeThatBeganBeforeKeepsItsEndAndTheNextItsBeginning() throws {
        var link = try FoldedLink()
        try link.says("A")
        link.isFolded()
        try link.isGone()
        try link.says("B")
        #expect(link.changes == ["3: gone with A", "4: appeared with B"])
        #expect(link.fold.lost == 0)
    }

    @Test(arguments: 0..<50)
    func howeverMuchHappensLittleIsKeptAndTheLastStateIsTrue(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var link = try FoldedLink()
        try link.says("A")
        link.isFolded()
        for _ in 0..<300 {
            if random.oneIn(20) { try link.isGone() }
            try link.says(
                ["A", "B", nil].randomElement(using: &random) ?? nil,
                extra: Int.random(in: 0..<3, using: &random)
            )
            #expect(link.fold.entries.count <= 24)
        }
        let contents = link.fold.entries.compactMap { entry in
            switch entry.event {
            case .appeared(let link, _), .changed(let link, _, _): link.content
            case .completed, .adopted, .vanished, .episodeBegan, .episodeToldMessage, .episodeEnded: nil
            }
        }
        #expect(contents.last == link.present?.content)
        #expect(link.changes.count + link.fold.lost >= link.happened)
    }
}

/// One link that is listed once a second; from a moment on its events are folded.
private struct FoldedLink {
    private(set) var fold = LinkFold<Instant>()
    /// Changes that came to the fold.
    private(set) var happened = 0
    private var ledger = ClusterLedger()
    private var now = Instant.seconds(0)
    private var isFolding = false
    private var unfoldedChanges = 0

    init() throws { try observe([]) }

    var present: TrackedLink? { ledger.links.values.first }

    /// From the next event on; or from the one after so many changes, as room may end amid what an observation brought.
    mutating func isFolded(afterChanges unfolded: Int = 0) { (isFolding, unfoldedChanges) = (true, unfolded) }

    mutating func says(_ error: String?, extra: Int = 0) throws {
        var item: JSONObject = ["link_name": "orders", "cluster_link_id": "id", "extra": .int(extra)]
        if let error { item["link_error"] = .string(error) }
        try observe([.object(item)])
    }

    mutating func isGone() throws { try observe([]) }

    private mutating func observe(_ items: [JSONValue]) throws {
        now = now.advanced(by: .seconds(1))
        let events = ledger.observe(try LinkList(pages: [["data": .array(items)]]), at: now)
        guard isFolding else { return }
        for event in events {
            if event.isChange, unfoldedChanges > 0 {
                unfoldedChanges -= 1
                continue
            }
            fold.add(event, stamp: now)
            happened += event.isChange ? 1 : 0
        }
    }

    var changes: [String] {
        fold.entries.compactMap { entry in
            let second = entry.stamp.milliseconds / 1000
            return switch entry.event {
            case .appeared(let link, _): "\(second): appeared with \(Self.error(link.content))"
            case .changed(let link, let from, _): "\(second): \(Self.error(from)) to \(Self.error(link.content))"
            case .vanished(let link): "\(second): gone with \(Self.error(link.content))"
            case .completed, .adopted, .episodeBegan, .episodeToldMessage, .episodeEnded: nil
            }
        }
    }

    /// What is kept of episodes, by the second in which they began.
    var episodes: [String] {
        fold.entries.compactMap { entry in
            switch entry.event {
            case .episodeBegan(let episode, _): "began \(episode.startedAt.milliseconds / 1000)"
            case .episodeEnded(let episode, _): "ended \(episode.startedAt.milliseconds / 1000)"
            case .appeared, .changed, .completed, .adopted, .vanished, .episodeToldMessage: nil
            }
        }
    }

    private static func error(_ content: LinkContent) -> String { content.error?.rawValue ?? "nothing" }
}
