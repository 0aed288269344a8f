import ClusterLinks

extension Instant {
    static func seconds(_ seconds: Int64) -> Instant { Instant(milliseconds: seconds * 1000) }
}

extension Span {
    /// A span between two instants in seconds.
    init(_ from: Int64, _ to: Int64) { self.init(from: .seconds(from), to: .seconds(to)) }
}
