import Inventory
import Locking

/// Finds out once for each generation which links are two sides of one, when that is first asked for.
final class PresentPairing: Sendable {
    private let latest = Locked<PresentFleet?>(nil)

    /// The fleet of a view; one that is older than the last is made for the caller alone.
    func fleet(of view: FleetView) -> PresentFleet {
        latest.withLock { latest in
            if let latest, latest.view.generation == view.generation { return latest }
            let fleet = PresentFleet(view, after: latest)
            if latest.map({ $0.view.generation < view.generation }) ?? true { latest = fleet }
            return fleet
        }
    }
}
