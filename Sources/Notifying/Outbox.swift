/// What waits to be told, kept where it survives the process.
///
/// A message is at least once delivered: it stays what `oldest(for:)` gives until its outcome is recorded, so what was under way
/// when the process died is sent again, with the same id.
package protocol Outbox: Sendable {
    /// The receiver's oldest message that is neither delivered nor dropped; nil where it has been told all.
    ///
    /// The same one for as long as nothing is recorded of it: the order of a receiver's messages is the order they were written in.
    func oldest(for receiver: String) async throws -> OutboxMessage?

    /// Keeps what became of an attempt. Whatever is thrown, it is called again with the same until it succeeds, and the
    /// message is not sent again meanwhile.
    func record(_ outcome: DeliveryOutcome, of message: OutboxMessage) async throws
}
