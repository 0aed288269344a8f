import ClusterLinks
import ExactJSON
import Foundation
import Inventory
import Logging

/// A process that keeps an inventory and may be killed, or denied the disk, without harm to the tests.
@main
enum Victim {
    static func main() async throws {
        let arguments = CommandLine.arguments
        guard arguments.count == 3 else { exit(64) }
        let inventory = try InventoryStore(
            database: InventoryDatabase(path: arguments[2]),
            time: WallClock(),
            logger: Logger(label: "victim", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        switch arguments[1] {
        case "record": try await recordUntilKilled(inventory)
        case "retain": try await recordAndLetGoUntilKilled(inventory)
        case "fill": try await fillTheDisk(inventory)
        default: exit(64)
        }
    }

    /// Tells each version as soon as it is served: cluster, beginning in milliseconds, error and the feed's position.
    private static func recordUntilKilled(_ inventory: InventoryStore) async throws {
        let clusters = (1...4).map { ClusterID("lkc-\($0)") }
        await inventory.configure(clusters.map { ClusterDescription(id: $0) })
        try await withThrowingTaskGroup { group in
            for cluster in clusters {
                group.addTask {
                    for number in 0... {
                        try await list(inventory, on: cluster, error: "\(UUID())")
                        tell(inventory, cluster)
                        await fail(inventory, on: cluster)
                        if number % 5 == 0 { await inventory.storeSightings() }
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    /// Lets go all the time of what ended a moment ago, beside the recording.
    private static func recordAndLetGoUntilKilled(_ inventory: InventoryStore) async throws {
        let retention = Retention(
            inventory: inventory,
            policy: RetentionPolicy(age: .seconds(3600), size: 1 << 40),
            time: WallClock(),
            logger: Logger(label: "victim", factory: { _ in SwiftLogNoOpLogHandler() })
        )
        try await withThrowingTaskGroup { group in
            group.addTask { try await recordUntilKilled(inventory) }
            group.addTask {
                while true {
                    _ = try await retention.letGo(before: WallClock().now().advanced(by: .milliseconds(-20)))
                }
            }
            try await group.waitForAll()
        }
    }

    /// Goes on while no file may grow any more, and tells what is then served, stored and counted, line by line.
    private static func fillTheDisk(_ inventory: InventoryStore) async throws {
        let cluster = ClusterID("lkc-1")
        await inventory.configure([ClusterDescription(id: cluster)])
        try await list(inventory, on: cluster, error: "before")
        // Without this the kernel ends the process at its limit instead of refusing the write.
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit()
        getrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        let unlimited = limit.rlim_cur
        limit.rlim_cur = 4096
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        var isServed = true
        for number in 0..<50 {
            try await list(inventory, on: cluster, error: "\(number)")
            isServed = isServed && error(inventory, cluster) == "\(number)"
            await inventory.storeSightings()
        }
        let failing = inventory.fleet.durability
        print(
            "durable \(failing.isDurable), served \(isServed), waiting \(failing.waiting > 100), lost \(failing.lost)"
        )
        print("stored \(inventory.fleet.current(at: WallClock().now()).sequence)")
        print("error \(failing.lastError ?? "")")
        limit.rlim_cur = unlimited
        setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
        await inventory.storeSightings()
        let recovered = inventory.fleet.durability
        print("durable \(recovered.isDurable), waiting \(recovered.waiting), lost \(recovered.lost)")
        print("stored \(inventory.fleet.current(at: WallClock().now()).sequence)")
        try await inventory.close()
    }

    private static func list(_ inventory: InventoryStore, on cluster: ClusterID, error: String) async throws {
        let item: JSONValue = ["link_name": "orders", "cluster_link_id": "id", "link_error": .string(error)]
        let list = try LinkList(pages: [["data": [item]]])
        await record(.list(list), in: inventory, on: cluster)
    }

    private static func fail(_ inventory: InventoryStore, on cluster: ClusterID) async {
        await record(.failure(reason: "timeout", message: "no answer"), in: inventory, on: cluster)
    }

    private static func record(_ result: PollObservation.Result, in inventory: InventoryStore, on cluster: ClusterID)
        async
    {
        let now = WallClock().now()
        _ = await inventory.record(
            PollObservation(cluster: cluster, at: now, duration: .milliseconds(1), httpStatus: nil, result: result)
        )
    }

    private static func error(_ inventory: InventoryStore, _ cluster: ClusterID) -> String? {
        inventory.fleet.current(at: WallClock().now()).cluster(cluster)?.link(named: "orders")?.link.content.error?
            .rawValue
    }

    private static func tell(_ inventory: InventoryStore, _ cluster: ClusterID) {
        let view = inventory.fleet.current(at: WallClock().now())
        guard let link = view.cluster(cluster)?.link(named: "orders")?.link, let error = link.content.error else {
            return
        }
        // One write, so that a line is either told or not.
        let line = "\(cluster) \(link.versionSince.milliseconds) \(error) \(view.sequence)\n"
        FileHandle.standardOutput.write(Data(line.utf8))
    }
}

private struct WallClock: TimeSource {
    func now() -> Instant { Instant(milliseconds: Int64(Date().timeIntervalSince1970 * 1000)) }
}
