/// Something that happens to the simulated fleet or to the answers it gives.
///
/// The control interface, the scripted scenarios and the tests all speak in these. Link events touch the one object at
/// their address, as each side has a state of its own; `delete` and `recreate` alone mean the whole link.
package enum SimulatedEvent: Sendable, Equatable {
    /// Sets `link_error` and its message, which leaves the state alone; nil is no error.
    case setError(LinkAddress, code: String?, message: String?)
    case setState(LinkAddress, String)
    /// Puts one task to `IN_ERROR` with one failure.
    case failTask(LinkAddress, task: String, SimulatedTask.Failure)
    case setTask(LinkAddress, SimulatedTask)
    /// Ends every error of the link, its tasks' and its fields' included.
    case recover(LinkAddress)
    /// Adds one object, listed at once.
    case create(String, SimulatedLink)
    /// Removes the link at once, on both sides.
    case delete(LinkAddress)
    /// Removes one side at once; a source side on a Confluent Server leaves a ghost.
    case deleteSide(LinkAddress)
    /// Replaces the link by another of the same name, healthy and with new ids, on both sides.
    case recreate(LinkAddress)
    case setTopics(LinkAddress, [String])
    /// The same topics in another order, which is no change.
    case shuffleTopics(LinkAddress)
    /// Sets, hides or (with nil) restores one field of the answer: unknown fields, wrong types, missing fields.
    case overrideField(LinkAddress, name: String, SimulatedLink.FieldOverride?)
    /// Adds ghosts, every second one without any id.
    case addGhosts(String, count: Int)
    /// Removes the latest ghosts, as many as there are at most.
    case removeGhosts(String, count: Int)
    case addCluster(SimulatedCluster)
    case removeCluster(String)
    case setCredential(String, SimulatedCredential?)
    case inject(String, SimulatedFault)
    case clearFaults(String)

    /// The cluster that the event is about.
    package var clusterID: String {
        switch self {
        case .setError(let address, _, _), .setState(let address, _), .failTask(let address, _, _),
            .setTask(let address, _), .recover(let address), .delete(let address), .deleteSide(let address),
            .recreate(let address), .setTopics(let address, _), .shuffleTopics(let address),
            .overrideField(let address, _, _):
            address.clusterID
        case .addCluster(let cluster):
            cluster.id
        case .create(let id, _), .addGhosts(let id, _), .removeGhosts(let id, _), .removeCluster(let id),
            .setCredential(let id, _), .inject(let id, _), .clearFaults(let id):
            id
        }
    }
}
