/// Why the simulator could not do what it was asked to do through its control interface.
package enum SimulatorError: Error, Equatable {
    /// No such simulated cluster: add it first.
    case unknownCluster(String)
    /// The cluster is simulated, the link is not on it.
    case unknownLink(LinkAddress)
    /// The link has other tasks; a server lists exactly four.
    case unknownTask(LinkAddress, task: String)
    /// No such fault: it was cleared, or used up.
    case unknownFault(Int)
    /// A cluster of this id is simulated already.
    case clusterExists(String)
    /// A link of this name is on the cluster already.
    case linkExists(LinkAddress)
    /// A control request that is no JSON, or lacks or mistypes something; `expected` says what would be right.
    case badRequest(at: String, expected: String)
    /// zlib refused to compress; its code is kept.
    case compression(code: Int32)

    /// A bounded word for the kind of failure.
    package var reason: String {
        switch self {
        case .unknownCluster: "unknown_cluster"
        case .unknownLink: "unknown_link"
        case .unknownTask: "unknown_task"
        case .unknownFault: "unknown_fault"
        case .clusterExists: "cluster_exists"
        case .linkExists: "link_exists"
        case .badRequest: "bad_request"
        case .compression: "compression"
        }
    }
}

extension SimulatorError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .unknownCluster(let id):
            "cluster \(id) is not simulated: add it with POST /control/v1/clusters"
        case .unknownLink(let address):
            "cluster \(address.clusterID) has no link \(address.linkName): create it first"
        case .unknownTask(let address, let task):
            "link \(address) has no task \(task): take one of \(SimulatedTask.names.joined(separator: ", "))"
        case .unknownFault(let id):
            "fault \(id) is not active: it was cleared or used up"
        case .clusterExists(let id):
            "cluster \(id) is simulated already: take another id or remove it first"
        case .linkExists(let address):
            "link \(address) exists already: delete it first"
        case .badRequest(let place, let expected):
            "bad control request at \(place): expected \(expected)"
        case .compression(let code):
            "zlib error \(code) while compressing a simulated body"
        }
    }
}
