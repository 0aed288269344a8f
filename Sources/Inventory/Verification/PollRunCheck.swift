/// A row of `poll_runs`.
struct PollRunEntry {
    let cluster: Int64
    let firstAt: Int64
    let lastAt: Int64
    let count: Int64
    let isSuccess: Bool
    let successesBefore: Int64

    var successes: Int64 { isSuccess ? successesBefore + count : successesBefore }
}

/// Whether the runs of polls of one cluster follow each other, none empty: fed in order of time.
struct PollRunCheck {
    let subject: FindingSubject
    private var latest: PollRunEntry?

    init(of subject: FindingSubject) { self.subject = subject }

    mutating func take(_ run: PollRunEntry, _ findings: inout FindingLedger) {
        func report(_ message: @autoclosure () -> String) {
            findings.add(.pollRun, of: subject, at: run.firstAt, "the run from \(run.firstAt.instantText) \(message())")
        }
        // No two observations of a cluster share an instant.
        if run.count < 1 || run.lastAt - run.firstAt < run.count - 1 || (run.count == 1 && run.lastAt != run.firstAt) {
            report("ends at \(run.lastAt.instantText) with a count of \(run.count)")
        }
        if let latest {
            if latest.lastAt >= run.firstAt { report("overlaps the one from \(latest.firstAt.instantText)") }
            if latest.successes > run.successesBefore {
                report("counts \(run.successesBefore) successes before it, where there were \(latest.successes)")
            }
        }
        latest = run
    }
}
