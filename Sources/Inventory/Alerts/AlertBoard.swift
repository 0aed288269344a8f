package import Alerting
package import ClusterLinks
package import Locking

/// The alerts of the present, readable from anywhere without waiting for the writer.
package final class AlertBoard: Sendable {
    /// What is open at one moment, immutable.
    package struct View: Sendable {
        /// Another number means that something has changed, within one run of the service.
        package internal(set) var generation: UInt64 = 0
        /// Pending and firing alerts of each cluster, by kind, then identity; a cluster without any may be missing.
        package internal(set) var alerts: [ClusterID: [Alert]] = [:]
        /// Those that are open, from the oldest on.
        package internal(set) var incidents: [Incident] = []
        /// By the ids of the alerts.
        package internal(set) var acknowledgements: [String: Acknowledgement] = [:]
        /// Those that are over may be among them.
        package internal(set) var silences: [Silence] = []
        /// Who is told, in the order of the configuration.
        package internal(set) var receivers: [NotificationTarget] = []
    }

    private let state = Locked(View())
    private let posts = Locked<[AlertmanagerPost]>([])
    private let bells = Locked<[Bell]>([])

    init() {}

    package var current: View { state.withLock(\.self) }

    /// Rings a bell from now on whenever the outbox may hold something new or there are posts to take.
    package func announceNotifications(with bell: Bell) { bells.withLock { $0.append(bell) } }

    /// Takes the posts to Alertmanagers that were not taken yet, in their order; they are kept nowhere else.
    package func takePosts() -> [AlertmanagerPost] {
        posts.withLock { posts in
            defer { posts = [] }
            return posts
        }
    }

    /// Shows the open alerts of some clusters, and incidents and what people did as they are now.
    func show(_ alerts: [(ClusterID, [Alert])], _ desk: AlertDesk) {
        state.withLock { view in
            for (cluster, open) in alerts { view.alerts[cluster] = open.isEmpty ? nil : open }
            view.incidents = desk.book.open
            view.acknowledgements = desk.acknowledgements
            view.silences = desk.silences.values.sorted { $0.id < $1.id }
            view.receivers = desk.plan.receivers
            view.generation += 1
        }
    }

    /// Posts wait only for as long as they are true: what was not taken until then has been posted anew since.
    func send(_ more: [AlertmanagerPost], at now: Instant) {
        posts.withLock { posts in
            posts.removeAll { $0.validUntil <= now }
            posts += more
        }
        for bell in bells.withLock(\.self) { bell.ring() }
    }
}
