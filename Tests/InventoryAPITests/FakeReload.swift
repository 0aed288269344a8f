import ClusterLinks
import InventoryAPI
import Locking

/// A configuration to read again that was never in a file.
final class FakeReload: ReloadControl {
    private let refusal = Locked<ReloadRefusal?>(nil)

    func refuse(_ refusal: ReloadRefusal) { self.refusal.withLock { $0 = refusal } }

    func reload() async throws(ReloadRefusal) -> ReloadReport {
        if let refusal = refusal.withLock(\.self) { throw refusal }
        return ReloadReport(
            added: [ClusterID("lkc-2")],
            removed: [],
            changed: [APIFixture.cluster],
            awaitingRestart: ["listen"],
            warnings: []
        )
    }
}
