import ClusterLinks
import Testing

/// Which links of a fleet are the two sides of one.
struct LinkPairingTests {
    @Test(arguments: [
        // The same id on two clusters, whatever else they tell.
        ["A x 1 source B", "B x 1 destination A"],
        ["B x 1 destination A", "A x 1 source B"],
        ["A x 1 bidirectional B", "B x 1 bidirectional A"],
        ["A x 1 source -", "B y 1 destination -"],
        ["A x 1 unknown -", "B x 1 unknown -"],
        ["A x 1 destination B", "B x 1 destination A"],
    ])
    func oneIDOnTwoClustersIsOneLink(sides: [String]) throws {
        #expect(
            try Self.joined(sides) == ["A/x cluster_link_id B/\(sides.contains { $0.hasPrefix("B y") } ? "y" : "x")"]
        )
    }

    @Test(arguments: [
        ["A x 1 source B", "B x 2 destination A"],
        ["B x 2 destination A", "A x 1 source B"],
        ["A x - source B", "B x - destination A"],
        ["A x 1 bidirectional B", "B x - bidirectional A"],
        // What has another name, or leads elsewhere, is in nobody's way.
        ["A x 1 source B", "B x 2 destination A", "A y 3 source B", "C x 4 destination A", "C z 5 destination B"],
    ])
    func linksOfOneNameThatNameEachOtherAreOne(sides: [String]) throws {
        #expect(try Self.joined(sides) == ["A/x remote_cluster_id B/x"])
    }

    @Test(arguments: [
        [], ["A x 1 source B"],
        // One id three times, or twice on one cluster, tells nothing, nor does anything else then.
        ["A x 1 source B", "B x 1 destination A", "C x 1 destination A"],
        ["A x 1 source B", "A y 1 source B"],
        // The remote is not the other's cluster, or is not told.
        ["A x 1 source B", "B x 2 destination C"], ["A x 1 source C", "B x 2 destination A"],
        ["A x 1 source -", "B x 2 destination A"], ["A x 1 source A", "A x 2 destination A"],
        // The names differ, also where they look alike.
        ["A x 1 source B", "B y 2 destination A"], ["A caf\u{E9} 1 source B", "B cafe\u{301} 2 destination A"],
        // The directions do not fit.
        ["A x 1 source B", "B x 2 source A"], ["A x 1 destination B", "B x 2 destination A"],
        ["A x 1 bidirectional B", "B x 2 destination A"], ["A x 1 unknown B", "B x 2 source A"],
        // A third could be meant as well.
        ["A x 1 source B", "B x 2 destination A", "B x 3 destination A"],
        ["A x 1 source B", "B x 2 destination A", "A x 3 destination B"],
        ["A x 1 bidirectional B", "B x 2 bidirectional A", "B x 3 unknown A"],
    ])
    func whatCouldMeanMoreOrNoneIsLeftAlone(sides: [String]) throws {
        #expect(try Self.joined(sides) == [])
    }

    @Test func anIDComesBeforeANameAndEachLinkIsInOnePair() throws {
        let sides = [
            "A x 1 source B", "B x 2 destination A", "C x 1 destination A", "D y 4 bidirectional E",
            "E y 5 bidirectional D",
        ]
        #expect(try Self.joined(sides) == ["A/x cluster_link_id C/x", "D/y remote_cluster_id E/y"])
    }

    @Test func theSourceComesFirstAndBothWaysTheLesserCluster() throws {
        let sides = [
            "A w 1 destination B", "B w 1 source A", "D x 2 bidirectional C", "C x 3 bidirectional D",
            "F y 4 unknown -", "E y 4 destination F", "H z 5 unknown -", "G z 5 bidirectional H",
        ]
        #expect(
            try Self.joined(sides) == [
                "B/w cluster_link_id A/w", "C/x remote_cluster_id D/x", "F/y cluster_link_id E/y",
                "G/z cluster_link_id H/z",
            ]
        )
    }

    /// Against the rule as it is told, pair by pair; and the order of the links plays no part.
    @Test(arguments: 0..<200)
    func joinsWhatTheRulesTell(seed: Int) throws {
        var generator = SeededGenerator(seed: UInt64(seed))
        let clusters = ["A", "B", "C", "D"].map { ClusterID($0) }
        var sides: [LinkSide] = []
        for _ in 0..<Int.random(in: 0...14, using: &generator) {
            sides.append(
                LinkSide(
                    cluster: try #require(clusters.randomElement(using: &generator)),
                    clusterLinkID: ClusterLinkID(
                        ["", "1", "2", "3", "4", "5", "6", "7"].randomElement(using: &generator) ?? ""
                    ),
                    name: try #require(LinkName(["x", "y", "z"].randomElement(using: &generator) ?? "x")),
                    direction: Direction.allCases.randomElement(using: &generator) ?? .unknown,
                    remoteClusterID: generator.oneIn(6) ? nil : clusters.randomElement(using: &generator)
                )
            )
        }
        let expected = Self.naivePairs(sides)
        #expect(Self.pairs(of: sides) == expected)
        #expect(Self.pairs(of: sides.shuffled(using: &generator)).sorted() == expected.sorted())
    }

    private static func naivePairs(_ sides: [LinkSide]) -> [String] {
        func sharesID(_ side: LinkSide) -> Int {
            sides.count { side.clusterLinkID != nil && $0.clusterLinkID == side.clusterLinkID }
        }
        func connects(_ side: LinkSide) -> Set<ClusterID> {
            Set([side.cluster] + [side.remoteClusterID].compactMap(\.self))
        }
        func isLone(_ side: LinkSide) -> Bool { sharesID(side) < 2 && connects(side).count == 2 }
        let complements: Set<[Direction]> = [
            [.source, .destination], [.destination, .source], [.bidirectional, .bidirectional],
        ]
        var pairs: [String] = []
        for (i, a) in sides.enumerated() {
            for (j, b) in sides.enumerated() where i != j && a.cluster != b.cluster {
                let rank: [Direction: Int] = [.source: 0, .destination: 2]
                guard (rank[a.direction] ?? 1, a.cluster) < (rank[b.direction] ?? 1, b.cluster) else { continue }
                if a.clusterLinkID != nil, a.clusterLinkID == b.clusterLinkID, sharesID(a) == 2 {
                    pairs.append(Self.text(a, .clusterLinkID, b))
                } else if isLone(a), isLone(b), a.name == b.name, connects(a) == connects(b),
                    complements.contains([a.direction, b.direction]),
                    sides.count(where: { isLone($0) && $0.name == a.name && connects($0) == connects(a) }) == 2
                {
                    pairs.append(Self.text(a, .remoteClusterID, b))
                }
            }
        }
        return pairs
    }

    private static func pairs(of sides: [LinkSide]) -> [String] {
        LinkPairing(sides).pairs.map { Self.text(sides[$0.source], $0.rule, sides[$0.destination]) }
    }

    private static func joined(_ sides: [String]) throws -> [String] {
        Self.pairs(of: try sides.map(LinkSide.init(text:)))
    }

    private static func text(_ source: LinkSide, _ rule: LinkPair.Rule, _ destination: LinkSide) -> String {
        "\(source.cluster)/\(source.name) \(rule.rawValue) \(destination.cluster)/\(destination.name)"
    }
}

extension LinkSide {
    /// `CLUSTER NAME ID DIRECTION REMOTE`, with `-` for what is not told.
    fileprivate init(text: String) throws {
        let words = text.split(separator: " ").map(String.init)
        self.init(
            cluster: ClusterID(words[0]),
            clusterLinkID: words[2] == "-" ? nil : ClusterLinkID(words[2]),
            name: try #require(LinkName(words[1])),
            direction: try #require(Direction(rawValue: words[3])),
            remoteClusterID: words[4] == "-" ? nil : ClusterID(words[4])
        )
    }
}
