/// A row of `configuration_spans`.
struct ConfigurationEntry {
    let cluster: Int64
    let validFrom: Int64
    let validTo: Int64?
}

/// Whether the times in the configuration of one cluster follow each other, and agree with its row and with the feed: fed in
/// order of time.
struct ConfigurationCheck {
    let subject: FindingSubject
    let isConfigured: Bool
    let kept: KeptTime
    /// When the feed tells that the cluster left, and that it was back.
    let told: (retired: Set<Int64>, restored: Set<Int64>)
    private var latest: ConfigurationEntry?
    private var shown: (retired: Set<Int64>, restored: Set<Int64>) = ([], [])

    init(
        of subject: FindingSubject,
        isConfigured: Bool,
        kept: KeptTime,
        told: (retired: Set<Int64>, restored: Set<Int64>)
    ) {
        (self.subject, self.isConfigured, self.kept, self.told) = (subject, isConfigured, kept, told)
    }

    mutating func take(_ span: ConfigurationEntry, _ findings: inout FindingLedger) {
        func report(_ message: @autoclosure () -> String) {
            findings.add(
                .configuration,
                of: subject,
                at: span.validFrom,
                "its time in the configuration from \(span.validFrom.instantText) \(message())"
            )
        }
        if let to = span.validTo {
            if to <= span.validFrom { report("ended before, at \(to.instantText)") }
            shown.retired.insert(to)
        }
        if let latest {
            if latest.validTo.map({ $0 > span.validFrom }) ?? true {
                report("overlaps the one from \(latest.validFrom.instantText)")
            }
            shown.restored.insert(span.validFrom)
        } else if kept.from != nil, told.restored.contains(span.validFrom) {
            // The time before it is gone.
            shown.restored.insert(span.validFrom)
        }
        latest = span
    }

    func finish(_ findings: inout FindingLedger) {
        let isOpen = latest.map { $0.validTo == nil } ?? false
        if isOpen != isConfigured {
            findings.add(
                .configuration,
                of: subject,
                at: latest?.validFrom,
                "its row says \(Self.text(isConfigured)), its times \(Self.text(isOpen))"
            )
        }
        compare(told.retired, shown.retired, "left the configuration", &findings)
        compare(told.restored, shown.restored, "was back in the configuration", &findings)
    }

    private func compare(_ told: Set<Int64>, _ shown: Set<Int64>, _ event: String, _ findings: inout FindingLedger) {
        for at in told.symmetricDifference(shown).sorted() where !kept.mayLack(at) {
            findings.add(
                .configuration,
                of: subject,
                at: at,
                told.contains(at)
                    ? "a change tells that it \(event) at \(at.instantText), its times do not"
                    : "it \(event) at \(at.instantText), and no change tells of it"
            )
        }
    }

    private static func text(_ isConfigured: Bool) -> String { isConfigured ? "configured" : "not configured" }
}
