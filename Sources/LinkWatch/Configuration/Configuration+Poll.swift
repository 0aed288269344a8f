extension Configuration {
    /// How often and how patiently a cluster is polled.
    package struct Poll: Sendable, Equatable {
        /// From one poll's start to the next one's.
        package var interval: Duration = .seconds(60)
        /// For one request, from its start to its last byte; at most `interval`.
        package var timeout: Duration = .seconds(10)
        /// Polls in flight over the whole fleet.
        package var concurrency = 64
        /// How long the last successful poll counts; three intervals unless given.
        package var staleAfter: Duration = .seconds(180)
        /// The longest pause after failures, as far as eight intervals do not end it earlier.
        package var backoffMax: Duration = .seconds(300)
        /// Whether each link's tasks are read too, one request for each link.
        package var tasks = true
        /// From one reading of the tasks to the next.
        package var tasksInterval: Duration = .seconds(300)

        package init() {}
    }
}
