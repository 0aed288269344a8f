/// Who tells the service's time: the system in production, a hand in tests.
package protocol TimeSource: Sendable {
    func now() -> Instant
}
