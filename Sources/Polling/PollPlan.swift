/// How often one cluster is asked, with the defaults of the configuration's `poll` section.
///
/// Spans below a millisecond count as a millisecond where a cadence is made of them.
package struct PollPlan: Sendable, Equatable {
    /// The span between two ordinary polls of the cluster.
    package var interval: Duration

    /// How long one request may take; informational here, the source keeps it.
    package var timeout: Duration

    /// The longest wait after failures that the configuration allows (`backoff_max`).
    package var backoffMaximum: Duration

    /// Whether each link's tasks are read too, one GET a link.
    package var tasks: Bool

    /// The span between two readings of all tasks of the cluster.
    package var tasksInterval: Duration

    /// A plan that differs from the defaults in what is said.
    package init(
        interval: Duration = .seconds(60),
        timeout: Duration = .seconds(10),
        backoffMaximum: Duration = .seconds(300),
        tasks: Bool = true,
        tasksInterval: Duration = .seconds(300)
    ) {
        self.interval = interval
        self.timeout = timeout
        self.backoffMaximum = backoffMaximum
        self.tasks = tasks
        self.tasksInterval = tasksInterval
    }

    var backoff: Backoff { Backoff(interval: interval, maximum: backoffMaximum) }
}
