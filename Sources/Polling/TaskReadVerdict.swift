/// What one reading of a link's tasks gave, as far as the schedule must know.
package enum TaskReadVerdict: Sendable, Equatable {
    /// The tasks were read, or the link no longer needs it.
    case done

    /// They were not read. A hint that asks for patience (401, 403, `Retry-After`) holds all tasks of the cluster for
    /// a while; an ordinary failure concerns this link alone.
    case failed(FailureHint = FailureHint())
}
