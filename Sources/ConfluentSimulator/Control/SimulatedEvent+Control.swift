extension SimulatedEvent {
    /// The word for each event of a link in the control interface.
    private enum Word: String, CaseIterable {
        case error, state, task, recover, delete, deleteSide = "delete_side", recreate, topics
        case shuffleTopics = "shuffle_topics", field
    }

    /// Reads an event as `POST …/links/{link_name}/events` takes it; `ControlManual` tells the members of each.
    init(
        reading document: inout ControlDocument,
        on address: LinkAddress
    ) throws(SimulatorError) {
        guard let word = try document.word("event", as: Word.self) else {
            throw document.wrong("event", expected: "one of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
        }
        switch word {
        case .error:
            self = .setError(
                address,
                code: try document.text("link_error"),
                message: try document.text("link_error_message")
            )
        case .state: self = .setState(address, try document.requiredText("link_state"))
        case .task: self = .setTask(address, try SimulatedTask(reading: &document))
        case .recover: self = .recover(address)
        case .delete: self = .delete(address)
        case .deleteSide: self = .deleteSide(address)
        case .recreate: self = .recreate(address)
        case .topics: self = .setTopics(address, try document.texts("topic_names") ?? [])
        case .shuffleTopics: self = .shuffleTopics(address)
        case .field:
            self = .overrideField(
                address,
                name: try document.requiredText("name"),
                try document.flag("absent") == true ? .absent : document.value("value").map { .value($0) }
            )
        }
        try document.finish()
    }

    /// A bounded word for what happens, without its contents.
    package var word: String {
        switch self {
        case .setError: "error"
        case .setState: "state"
        case .failTask, .setTask: "task"
        case .recover: "recover"
        case .create: "create"
        case .delete: "delete"
        case .deleteSide: "delete_side"
        case .recreate: "recreate"
        case .setTopics: "topics"
        case .shuffleTopics: "shuffle_topics"
        case .overrideField: "field"
        case .addGhosts: "add_ghosts"
        case .removeGhosts: "remove_ghosts"
        case .addCluster: "add_cluster"
        case .removeCluster: "remove_cluster"
        case .setCredential: "credential"
        case .inject: "inject"
        case .clearFaults: "clear_faults"
        }
    }
}

extension SimulatedTask {
    /// `task_name`, `state` (default `IN_ERROR` with an error code, else `ACTIVE`), `error_code`, `error_message`.
    init(reading document: inout ControlDocument) throws(SimulatorError) {
        let name = try document.requiredText("task_name")
        let code = try document.text("error_code")
        let message = try document.text("error_message") ?? ""
        let state = try document.text("state") ?? (code == nil ? "ACTIVE" : "IN_ERROR")
        self.init(name: name, state: state, errors: code.map { [Failure(code: $0, message: message)] } ?? [])
    }
}

extension SimulatedLink {
    /// A link to be created: `link_name`, `role`, `remote_cluster_id`, `cluster_link_id`, `topic_names`, `link_error`,
    /// `link_error_message`, `link_state`; all but the name have defaults.
    init(reading document: inout ControlDocument, newID: SimulatedLinkID) throws(SimulatorError) {
        let name = try document.requiredText("link_name")
        var id = newID
        if let given = try document.text("cluster_link_id") {
            guard let parsed = SimulatedLinkID(clusterLinkID: given) else {
                throw document.wrong("cluster_link_id", expected: "22 base64url characters")
            }
            id = parsed
        }
        let role = try document.word("role", as: Role.self) ?? .destination
        self.init(
            name: name,
            id: id,
            role: role,
            remoteClusterID: try document.text("remote_cluster_id") ?? "lkc-remote",
            topics: try document.texts("topic_names") ?? []
        )
        error = try document.text("link_error")
        errorMessage = try document.text("link_error_message")
        state = try document.text("link_state") ?? "ACTIVE"
        try document.finish()
    }
}

extension SimulatedCredential {
    /// `{"basic": {"username", "password"}}` or `{"bearer": {"token", "identity_pool"}}`; neither is none.
    static func reading(_ document: inout ControlDocument) throws(SimulatorError) -> SimulatedCredential? {
        if var basic = try document.document("basic") {
            let credential = SimulatedCredential.basic(
                username: try basic.requiredText("username"),
                password: try basic.requiredText("password")
            )
            try basic.finish()
            return credential
        }
        guard var bearer = try document.document("bearer") else { return nil }
        let credential = SimulatedCredential.bearer(
            token: try bearer.requiredText("token"),
            identityPool: try bearer.text("identity_pool")
        )
        try bearer.finish()
        return credential
    }
}
