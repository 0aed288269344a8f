import ClusterLinks
import Testing

@testable import LinkWatch

struct ForwardLanesTests {
    @Test func `a cluster has four places, all clusters sixteen, and a place that is left is free`() {
        var lanes = ForwardLanes()
        let clusters = (0..<5).map { ClusterID("lkc-\($0)") }
        func enter(_ index: Int) -> Bool { lanes.enter(clusters[index]) }
        for cluster in clusters[...3] {
            #expect((0..<5).map { _ in lanes.enter(cluster) } == [true, true, true, true, false])
        }
        #expect(enter(4) == false, "the fleet is full")
        lanes.leave(clusters[2])
        #expect(enter(0) == false)
        #expect(enter(4) == true)
        #expect(enter(2) == false)
    }
}
