/// A row of `snapshots`.
struct SnapshotEntry {
    let cluster: Int64
    let firstObservedAt: Int64
    let lastObservedAt: Int64?
    let hasDigest: Bool
}

/// Whether the snapshots of one cluster follow each other, and only the last is current: fed in order of time.
struct SnapshotCheck {
    let subject: FindingSubject
    private var latest: SnapshotEntry?

    init(of subject: FindingSubject) { self.subject = subject }

    mutating func take(_ snapshot: SnapshotEntry, _ findings: inout FindingLedger) {
        let from = snapshot.firstObservedAt
        func report(_ message: @autoclosure () -> String) {
            findings.add(.snapshot, of: subject, at: from, "the snapshot from \(from.instantText) \(message())")
        }
        if let last = snapshot.lastObservedAt, last < from {
            report("was last observed before, at \(last.instantText)")
        }
        if snapshot.hasDigest != (snapshot.lastObservedAt == nil) {
            report(snapshot.hasDigest ? "has a digest, but ended" : "is the current one, but has no digest")
        }
        if let latest {
            if let last = latest.lastObservedAt {
                if last >= from { report("overlaps the one from \(latest.firstObservedAt.instantText)") }
            } else {
                report("follows the one from \(latest.firstObservedAt.instantText), which has not ended")
            }
        }
        latest = snapshot
    }

    func finish(_ findings: inout FindingLedger) {
        guard let latest, let last = latest.lastObservedAt else { return }
        findings.add(
            .snapshot,
            of: subject,
            at: last,
            "the last snapshot ended at \(last.instantText), and none follows"
        )
    }
}
