/// What one question may cost, and how many may be asked at once.
///
/// No limit rests on SQLite alone: a progress handler cannot stop a single long instruction, and its heap limit knows nothing of
/// what is around it. So each has a second one behind it, the kernel's or the parent's.
package struct QueryLimits: Sendable, Hashable {
    /// How long a statement may run.
    package var time: Duration = .seconds(2)
    /// How long a question may take from its arrival to the end of its process, whatever it does.
    package var wholeTime: Duration = .milliseconds(2300)
    /// Questions that are answered at once.
    package var width = 2
    /// Questions that wait for their turn.
    package var waiting = 8
    /// How long one waits for its turn before it is refused.
    package var patience: Duration = .milliseconds(200)
    /// Rows of an answer.
    package var rows = 10_000
    /// Bytes of an answer's rows as they are written.
    package var bytes = 8 << 20
    /// Bytes of a statement.
    package var statementBytes = 64 << 10
    /// Bytes of all parameters together.
    package var parameterBytes = 256 << 10
    /// Bytes of a single value while a statement runs.
    package var valueBytes = 4 << 20
    /// Bytes that SQLite may allocate.
    package var heapBytes = 48 << 20
    /// Bytes of memory of its own that the process may have; what SQLite allocates is among them.
    package var dataBytes = 88 << 20

    package init() {}
}
