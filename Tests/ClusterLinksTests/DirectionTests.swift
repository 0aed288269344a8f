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

    @Test func directionsAreSpelledAsTheInterfaceSpellsThem() {
        #expect(Direction.allCases.map(\.rawValue) == ["destination", "source", "bidirectional", "unknown"])
    }
}
