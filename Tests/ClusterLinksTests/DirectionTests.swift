import ClusterLinks
import Testing

/// Which end of a link answers, told by the ids that are set.
struct DirectionTests {
    @Test(arguments: [
        (#""source_cluster_id":"lkc-2""#, Direction.destination),
        (#""source_cluster_id":"lkc-2","destination_cluster_id":null,"remote_cluster_id":"lkc-2""#, .destination),
        (#""destination_cluster_id":"lkc-2""#, .source),
        (#""source_cluster_id":null,"destination_cluster_id":"lkc-2","remote_cluster_id":"lkc-2""#, .source),
        (#""remote_cluster_id":"lkc-2""#, .bidirectional),
        (#""source_cluster_id":null,"destination_cluster_id":null,"remote_cluster_id":"lkc-2""#, .bidirectional),
        ("", .unknown), (#""source_cluster_id":null,"remote_cluster_id":null"#, .unknown),
        (#""source_cluster_id":"lkc-2","destination_cluster_id":"lkc-1""#, .destination),
        (#""source_cluster_id":"lkc-1","destination_cluster_id":"lkc-2""#, .source),
        (#""source_cluster_id":"lkc-2","destination_cluster_id":"lkc-3""#, .unknown),
        (#""source_cluster_id":"","destination_cluster_id":"","remote_cluster_id":"""#, .unknown),
    ])
    func theIDsThatAreSetTellTheDirection(members: String, direction: Direction) throws {
        let item = #"{"link_name":"a""# + (members.isEmpty ? "" : "," + members) + "}"
        #expect(try Direction(of: LinkContent(json: item), on: ClusterID("lkc-1")) == direction)
    }

    @Test(
        arguments: [
            (#""source_cluster_id":"lkc-2""#, "lkc-2"), (#""destination_cluster_id":"lkc-2""#, "lkc-2"),
            (#""source_cluster_id":"lkc-2","remote_cluster_id":"lkc-9""#, "lkc-9"),
            (#""source_cluster_id":"lkc-2","destination_cluster_id":"lkc-1""#, "lkc-2"),
            (#""source_cluster_id":"lkc-1","destination_cluster_id":"lkc-2""#, "lkc-2"),
            (#""source_cluster_id":"lkc-2","destination_cluster_id":"lkc-3""#, "lkc-2"),
            (#""source_cluster_id":"lkc-1","destination_cluster_id":"lkc-1""#, "lkc-1"),
            (#""source_cluster_id":"","remote_cluster_id":"""#, nil), ("", nil),
        ] as [(String, String?)]
    )
    func theRemoteEndIsTheOneThatTheClusterIsNot(members: String, remote: String?) throws {
        let item = #"{"link_name":"a""# + (members.isEmpty ? "" : "," + members) + "}"
        #expect(try LinkContent(json: item).remoteClusterID(seenFrom: ClusterID("lkc-1")) == remote)
    }

    @Test func directionsAreSpelledAsTheInterfaceSpellsThem() {
        #expect(Direction.allCases.map(\.rawValue) == ["destination", "source", "bidirectional", "unknown"])
    }
}
