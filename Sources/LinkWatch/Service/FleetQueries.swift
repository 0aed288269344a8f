import ClusterLinks
import Inventory
import InventoryAPI
package import Querying

/// The statements about the fleet of an inventory, which a service runs on or which lies on the disk.
struct FleetQueries: QueryControl {
    private let pool: QueryPool
    private let database: InventoryDatabase
    private let fleet: Fleet
    private let time: any TimeSource

    init(pool: QueryPool, inventory: InventoryStore, time: any TimeSource) {
        self.pool = pool
        (database, fleet) = (inventory.database, inventory.fleet)
        self.time = time
    }

    func answer(_ question: QueryQuestion) async throws(QueryRefusal) -> QueryAnswer {
        let now = time.now()
        let views = InventoryViews(of: fleet.current(at: now), at: now)
        let source = QuerySource(path: database.path, isAtRest: database.isAtRest, views: views)
        return try await pool.answer(question, about: source)
    }

    var tally: QueryTally { pool.tally }

    var running: Int { pool.running }
}

extension QueryPool {
    /// A pool that knows what a misspelt column may mean.
    /// - Parameter executable: linkwatch; nil for the one that runs.
    package static func suggesting(executable: String? = nil) -> QueryPool {
        QueryPool(executable: executable ?? "/proc/self/exe") { word, candidates in
            EditDistance.nearest(to: word, among: candidates)
        }
    }
}

extension QuerySource {
    fileprivate init(path: String, isAtRest: Bool, views: InventoryViews) {
        self.init(
            path: path,
            isAtRest: isAtRest,
            views: views.all.map { view in
                QueryView(
                    name: view.name,
                    columns: view.columns.map { QueryView.Column(name: $0.name, type: $0.kind.rawValue) },
                    select: view.select
                )
            }
        )
    }
}
