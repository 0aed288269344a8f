import ClusterLinks

extension Instant {
    /// Hours since 1970, which `change_hours` counts.
    var hour: Int64 { milliseconds / 3_600_000 }
}
