import Console

/// What a service manager can be told, in the words of sd_notify(3).
enum ServiceNotice: Equatable {
    /// It answers and knows what it knew before; also the end of a reload.
    case ready(status: String)
    /// A reload begins, at an instant of CLOCK_MONOTONIC in microseconds, by which the manager tells it from an earlier one.
    case reloading(at: Int64)
    /// It goes on living.
    case alive(status: String)
    case stopping

    /// One assignment a line; what is to be shown is in one line, whatever it was made of.
    var text: String {
        switch self {
        case .ready(let status): "READY=1\nSTATUS=\(status.plain)"
        case .reloading(let microseconds): "RELOADING=1\nMONOTONIC_USEC=\(microseconds)"
        case .alive(let status): "WATCHDOG=1\nSTATUS=\(status.plain)"
        case .stopping: "STOPPING=1\nSTATUS=stopping"
        }
    }
}
