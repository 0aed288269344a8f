import ExactJSON

/// One background job of a link (`AclSync`, `ConsumerOffsetSync`, …) as the single GET tells it.
package struct LinkTask: Sendable, Hashable {
    package let name: String?
    package let state: TaskState?
    package let errorCodes: [TaskErrorCode]

    /// Reads one element of the canonical `tasks`.
    init(_ value: JSONValue) {
        let fields = value.object
        name = fields?["task_name"]?.string
        state = TaskState(fields?["state"])
        errorCodes = (fields?["errors"]?.array ?? []).compactMap { TaskErrorCode($0.object?["error_code"]) }
    }

    /// Whether the task makes its link degraded (truth rule 10).
    package var isFailing: Bool { state == .inError || !errorCodes.isEmpty }
}
