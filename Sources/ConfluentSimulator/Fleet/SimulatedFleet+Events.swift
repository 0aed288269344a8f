extension SimulatedFleet {
    /// Applies one event; faults are not the fleet's, they pass it by.
    ///
    /// - Throws: `unknownCluster`, `unknownLink`, `unknownTask`, `clusterExists` or `linkExists`; then nothing changed.
    package mutating func apply(_ event: SimulatedEvent) throws(SimulatorError) {
        switch event {
        case .setError(let address, let code, let message):
            try change(address) {
                $0.error = code
                $0.errorMessage = code == nil ? nil : message
            }
        case .setState(let address, let state):
            try change(address) { $0.state = state }
        case .failTask(let address, let task, let failure):
            try replaceTask(of: address, SimulatedTask(name: task, state: "IN_ERROR", errors: [failure]))
        case .setTask(let address, let task):
            try replaceTask(of: address, task)
        case .recover(let address):
            try change(address) { $0.recover() }
        case .setTopics(let address, let topics):
            try change(address) { $0.topics = topics }
        case .shuffleTopics(let address):
            try shuffleTopics(of: address)
        case .overrideField(let address, let name, let override):
            try change(address) { $0.overrides[name] = override }
        case .create, .delete, .deleteSide, .recreate:
            try applyLife(event)
        case .addGhosts, .removeGhosts, .addCluster, .removeCluster, .setCredential:
            try applyToCluster(event)
        case .inject(let id, _), .clearFaults(let id):
            _ = try cluster(id)
        }
    }

    private mutating func applyLife(_ event: SimulatedEvent) throws(SimulatorError) {
        switch event {
        case .create(let id, let link):
            try change(cluster: id) { (cluster) throws(SimulatorError) in
                guard cluster.index(of: link.name) == nil else { throw .linkExists(LinkAddress(id, link.name)) }
                cluster.links.append(link)
            }
        case .delete(let address):
            for side in try sides(of: address) {
                try change(cluster: side.clusterID) { cluster in
                    if let index = cluster.index(of: side.linkName) { cluster.links.remove(at: index) }
                }
            }
        case .deleteSide(let address):
            try change(address) { $0.phase = .leaving(at: .zero) }
            settle(cluster: address.clusterID, at: .zero)
        case .recreate(let address):
            let sides = try sides(of: address)
            let id = makeLinkID()
            for side in sides {
                try change(side) {
                    $0.id = id
                    $0.phase = .listed
                    $0.recover()
                }
            }
        default:
            break
        }
    }

    private mutating func applyToCluster(_ event: SimulatedEvent) throws(SimulatorError) {
        switch event {
        case .addGhosts(let id, let count):
            _ = try cluster(id)
            let ids = (0..<max(0, count)).map { _ in makeLinkID() }
            try change(cluster: id) { cluster in
                for (index, ghost) in ids.enumerated() {
                    cluster.ghosts.append(SimulatedCluster.Ghost(id: index.isMultiple(of: 2) ? ghost : nil))
                }
            }
        case .removeGhosts(let id, let count):
            try change(cluster: id) { $0.ghosts.removeLast(min(max(0, count), $0.ghosts.count)) }
        case .addCluster(let cluster):
            try add(cluster)
        case .removeCluster(let id):
            try removeCluster(id)
        case .setCredential(let id, let credential):
            try change(cluster: id) { $0.credential = credential }
        default:
            break
        }
    }

    private mutating func replaceTask(of address: LinkAddress, _ task: SimulatedTask) throws(SimulatorError) {
        try change(address) { (link) throws(SimulatorError) in
            guard let index = link.tasks.firstIndex(where: { $0.name == task.name }) else {
                throw .unknownTask(address, task: task.name)
            }
            link.tasks[index] = task
        }
    }

    /// A shuffle of few topics often changes nothing: then they are reversed.
    private mutating func shuffleTopics(of address: LinkAddress) throws(SimulatorError) {
        let topics = try link(address).topics
        let shuffled = generator.shuffle(topics)
        try change(address) { $0.topics = shuffled == topics ? topics.reversed() : shuffled }
    }
}
