import ClusterLinks
import CurlHTTP
import Inventory
import Locking
import Logging
import Notifying

/// Brings what the inventory has to tell to the receivers of the configuration in force.
final class Notifier: Sendable {
    private struct Setup {
        /// What the receivers are made from, as they cannot be compared.
        var alerts = Configuration.Alerts()
        var receivers: [Receiver] = []
        var publicURL: String?
    }

    let tally = DeliveryTally()
    private let inventory: InventoryStore
    private let curl: CurlClient
    private let time: any TimeSource
    private let logger: Logger
    private let setup = Locked(Setup())
    private let changed = Bell()
    /// Rung by the inventory.
    private let news = Bell()

    init(inventory: InventoryStore, curl: CurlClient, time: any TimeSource, logger: Logger) {
        self.inventory = inventory
        self.curl = curl
        self.time = time
        self.logger = logger
        inventory.alerts.announceNotifications(with: news)
    }

    /// Takes over the receivers of a configuration; what is under way to others has a moment to end.
    func update(_ configuration: Configuration) {
        let publicURL = configuration.http.publicURL?.text
        let isOther = setup.withLock { setup in
            guard setup.alerts != configuration.alerts || setup.publicURL != publicURL else { return false }
            setup = Setup(alerts: configuration.alerts, receivers: configuration.receivers, publicURL: publicURL)
            return true
        }
        if isOther { changed.ring() }
    }

    /// Lives until its task is cancelled.
    func run() async {
        while !Task.isCancelled {
            let changes = changed.rings
            let current = setup.withLock { $0 }
            await withDiscardingTaskGroup { group in
                group.addTask { await self.deliver(current) }
                // Thrown by a cancellation only, which the loop looks at.
                try? await changed.wait(after: changes)
                group.cancelAll()
            }
        }
    }

    private func deliver(_ setup: Setup) async {
        let receivers = setup.receivers
        let mailbox = AlertmanagerMailbox(publicURL: setup.publicURL)
        let outbox = NotificationOutbox(
            inventory: inventory,
            mailbox: mailbox,
            alertmanagers: Set(receivers.filter { $0.integration == .alertmanager }.map(\.name))
        )
        var policy = DeliveryPolicy()
        // Beside the polls that a stop waits for.
        policy.stopPatience = .seconds(1)
        let deliverer = Deliverer(
            to: receivers,
            from: outbox,
            over: curl,
            policy: policy,
            tally: tally,
            now: { [time] in time.now().sinceEpoch },
            logger: logger
        )
        await withDiscardingTaskGroup { group in
            group.addTask { await deliverer.run() }
            while !Task.isCancelled {
                let rings = news.rings
                mailbox.add(inventory.alerts.takePosts())
                deliverer.ring()
                // Thrown by a cancellation only, which the loop looks at.
                try? await news.wait(after: rings)
            }
        }
    }
}
