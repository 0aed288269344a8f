/// What a poller asks: it reads clusters and hands what it read to whatever keeps it.
///
/// Nothing here throws, since a failure is a verdict. Every call must end soon after its task is cancelled; what a
/// cancelled call found is no observation and is best kept nowhere.
package protocol PollSource<ID>: Sendable {
    /// Names a cluster.
    associatedtype ID: Hashable & Sendable

    /// What a manual poll answers with; opaque to the poller.
    associatedtype Report: Sendable

    /// Names a link whose tasks can be read.
    associatedtype TaskSubject: Hashable & Sendable

    /// Lists the links of one cluster and returns after the result is durable.
    ///
    /// Never called for a cluster while an earlier call for it has not returned.
    func poll(_ id: ID) async -> (PollVerdict, Report)

    /// The links of a cluster whose tasks were never read; asked after each successful list and read at once.
    func linksAwaitingTasks(of id: ID) async -> [TaskSubject]

    /// All links of a cluster whose tasks can be read; asked at the start of each round of task readings.
    func allLinks(of id: ID) async -> [TaskSubject]

    /// Reads the tasks of one link with one GET.
    ///
    /// The link may have gone since it was named; that is `.done`, as nobody waits for it.
    func readTasks(of subject: TaskSubject, on id: ID) async -> TaskReadVerdict
}
