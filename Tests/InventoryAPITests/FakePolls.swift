import ClusterLinks
import Inventory
import InventoryAPI
import Locking

/// Answers for the poller: a poll asked for fails as a time-out, and every cluster's next poll is seven seconds away.
final class FakePolls: PollControl {
    private let store: InventoryStore
    private let clock: any TimeSource
    private let refusal = Locked<PollRefusal?>(nil)

    init(store: InventoryStore, clock: any TimeSource) {
        self.store = store
        self.clock = clock
    }

    func refuse(_ refusal: PollRefusal) { self.refusal.withLock { $0 = refusal } }

    func pollNow(_ cluster: ClusterID) async throws(PollRefusal) -> RecordedPoll {
        if let refusal = refusal.withLock(\.self) { throw refusal }
        let observation = PollObservation(
            cluster: cluster,
            at: clock.now(),
            duration: .milliseconds(5),
            httpStatus: nil,
            result: .failure(reason: "timeout", message: "no answer within 10 s")
        )
        guard let recorded = await store.record(observation) else { throw PollRefusal.notConfigured }
        return recorded
    }

    func nextPolls() async -> [ClusterID: Duration] { [APIFixture.cluster: .milliseconds(7004)] }

    func pollsInFlight() async -> Int { 3 }
}
