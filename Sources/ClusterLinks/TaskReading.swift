package import ExactJSON

/// A link's tasks as one single GET answered them, in canonical form (truth rules 8 and 9).
package struct TaskReading: Sendable, Hashable {
    /// A multiset: sorted by its elements' JSON text.
    package let tasks: [JSONValue]

    /// Takes the answer's `tasks`; absent and null are no tasks, and so is `[]`.
    package init(_ value: JSONValue?) {
        tasks = CanonicalForm.multiset(value?.array ?? []) { CanonicalForm.task($0) }
    }
}
