import ClusterLinks
import ExactJSON

/// What a bad observation says of itself; a good one says nothing.
package struct AlertSymptom: Sendable, Hashable {
    /// The `link_error`, `link_state`, task error code or reason of the failed poll, verbatim; nil where there is none.
    package var code: String?
    /// The task that the code is of, for `task_error` alone.
    package var task: String?
    package var message: String?

    package init(code: String? = nil, task: String? = nil, message: String? = nil) {
        self.code = code
        self.task = task
        self.message = message
    }
}

extension AlertSymptom {
    /// What a link's content shows of a kind that lists tell of; nil where it is good.
    ///
    /// The state counts only where there is no error: the server sets it in consequence of one, and one trouble is one
    /// alert. `PAUSED` is deliberate and good (truth rule 10).
    init?(_ kind: AlertKind, of content: LinkContent) {
        switch (kind, Trouble(of: content)) {
        case (.linkError, .error(let code)?): self.init(code: code.rawValue, message: content.errorMessage)
        case (.linkState, .state(let state)?): self.init(code: state.rawValue, message: content.errorMessage)
        default: return nil
        }
    }

    /// What a link's failing tasks say; nil where no task fails.
    ///
    /// Of several codes it is the one that matters most, the first in order of names where they matter alike, and of
    /// messages all.
    init?(tasksOf content: LinkContent, severity: (String?) -> AlertSeverity) {
        let failing = content.tasks.filter(\.isFailing).sorted { ($0.name ?? "").precedesInBytes($1.name ?? "") }
        let told: [(task: String?, code: String?)] = failing.flatMap { task in
            let codes = task.errorCodes.map(\.rawValue).sorted { $0.precedesInBytes($1) }
            return codes.isEmpty ? [(task.name, nil)] : codes.map { (task.name, $0) }
        }
        guard var worst = told.first else { return nil }
        for other in told where severity(other.code) > severity(worst.code) { worst = other }
        let messages = Self.messages(ofTasksOf: content)
        self.init(
            code: worst.code,
            task: worst.task,
            message: messages.isEmpty ? nil : messages.joined(separator: "; ")
        )
    }

    private static func messages(ofTasksOf content: LinkContent) -> [String] {
        let tasks = (content.fields["tasks"]?.array ?? []).compactMap(\.object)
        let told = tasks.flatMap { task in
            let name = task["task_name"]?.string
            return (task["errors"]?.array ?? []).compactMap { $0.object?["error_message"]?.string }
                .map { message in name.map { "\($0): \(message)" } ?? message }
        }
        return told.sorted { $0.precedesInBytes($1) }
    }
}
