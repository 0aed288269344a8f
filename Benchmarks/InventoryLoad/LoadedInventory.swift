import ClusterLinks
import Inventory
import Logging

/// An inventory on a file of its own and on simulated time, closed and opened again as often as a service restarts.
struct LoadedInventory {
    let path: String
    let time: SimulatedTime
    private(set) var store: InventoryStore

    init(path: String, time: SimulatedTime) throws {
        self.path = path
        self.time = time
        store = try Self.open(path, time)
    }

    mutating func restart() async throws {
        try await store.close()
        store = try Self.open(path, time)
    }

    /// Ends early where the database refuses to write: figures of what was not written would mean nothing.
    func checkDurable() throws {
        if let error = store.fleet.durability.lastError { throw LoadError.refused(path: path, reason: error) }
    }

    private static func open(_ path: String, _ time: SimulatedTime) throws -> InventoryStore {
        try InventoryStore(
            database: InventoryDatabase(path: path),
            time: time,
            logger: Logger(label: "inventory-load", factory: { _ in SwiftLogNoOpLogHandler() })
        )
    }
}
