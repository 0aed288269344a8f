/// From when on everything is kept: of what was before parts may be gone, and their absence is no fault.
struct KeptTime {
    /// Nil where nothing was ever deleted.
    let from: Int64?

    /// Whether what was at an instant may be gone.
    func mayLack(_ instant: Int64) -> Bool { from.map { instant < $0 } ?? false }

    /// Whether what was before an instant may be gone all of it, so that what began then is the first that is known.
    func mayBeginWith(_ instant: Int64) -> Bool { from.map { instant <= $0 } ?? false }

    /// Whether what ended at an instant may be gone; nil is what has not ended.
    func mayLack(endedAt instant: Int64?) -> Bool {
        guard let from, let instant else { return false }
        return instant <= from
    }
}
