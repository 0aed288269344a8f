extension Health {
    /// The one of several that asks for attention first; nil of none.
    ///
    /// What is known to be wrong comes before what is not known, and that before what is well.
    package static func worst(of healths: some Sequence<Health>) -> Health? {
        healths.max { $0.urgency < $1.urgency }
    }

    private var urgency: Int {
        switch self {
        case .ok: 0
        case .unknown: 1
        case .degraded: 2
        case .error: 3
        }
    }
}
