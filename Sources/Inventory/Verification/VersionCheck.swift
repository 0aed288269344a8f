/// Whether one link's versions follow each other as they must, and its changes tell of them: fed with both in order of time.
struct VersionCheck {
    let link: LinkEntry
    let kept: KeptTime
    /// Whether a version that a change says began with one document may have come to have another, by what is no change.
    let isCompletion: (_ after: Int64, _ document: Int64, _ withTasks: Bool) throws -> Bool
    private var latest: VersionEntry?

    init(
        of link: LinkEntry,
        kept: KeptTime,
        isCompletion: @escaping (_ after: Int64, _ document: Int64, _ withTasks: Bool) throws -> Bool
    ) {
        self.link = link
        self.kept = kept
        self.isCompletion = isCompletion
    }

    /// Takes in the next version, and the change of its instant where there is one.
    mutating func take(_ version: VersionEntry, _ change: ChangeEntry?, _ findings: inout FindingLedger) throws {
        let subject = link.subject
        let at = version.validFrom
        func report(_ message: @autoclosure () -> String) {
            findings.add(.version, of: subject, at: at, message())
        }
        if let latest {
            if !version.isListed, !latest.isListed {
                report("two absences follow each other, from \(latest.validFrom.instantText) and \(at.instantText)")
            }
            if let document = version.document, document == latest.document {
                report("the versions from \(latest.validFrom.instantText) and \(at.instantText) do not differ")
            }
            if let completed = latest.completedAt, completed > at {
                report(
                    "the version from \(latest.validFrom.instantText) was completed at \(completed.instantText), "
                        + "after its end at \(at.instantText)"
                )
            }
        } else {
            if !version.isListed, !kept.mayBeginWith(at) {
                report("an absence from \(at.instantText) is the first that is known")
            }
            if link.firstObservedAt > at {
                findings.add(
                    .link,
                    of: subject,
                    at: at,
                    "first observed at \(link.firstObservedAt.instantText), after its first version from \(at.instantText)"
                )
            }
        }
        if version.isListed != (version.fields != nil) {
            report("the version from \(at.instantText) has \(version.isListed ? "no" : "a") list of changed fields")
        }
        if let completed = version.completedAt, completed < at || !version.isListed {
            report("the version from \(at.instantText) was completed at \(completed.instantText)")
        }
        try compare(version, change, &findings)
        latest = version
    }

    /// Takes in a change at whose instant no version begins.
    func take(changeWithoutVersion change: ChangeEntry, _ findings: inout FindingLedger) {
        guard !kept.mayLack(change.at) else { return }
        report(change, "tells of a version from \(change.at.instantText) that is not there", &findings)
    }

    /// Ends the link.
    func finish(_ findings: inout FindingLedger) {
        let absentFrom = latest.flatMap { $0.isListed ? nil : $0.validFrom }
        if latest == nil {
            guard !kept.mayLack(endedAt: link.deletedAt) else { return }
            findings.add(.link, of: link.subject, at: link.firstObservedAt, "it has no versions")
        } else if link.deletedAt != absentFrom {
            findings.add(
                .link,
                of: link.subject,
                at: link.deletedAt ?? absentFrom,
                "its row says \(Self.deletion(link.deletedAt)), its versions \(Self.deletion(absentFrom))"
            )
        }
    }

    private static func deletion(_ instant: Int64?) -> String {
        instant.map { "deleted at \($0.instantText)" } ?? "listed"
    }

    private func compare(_ version: VersionEntry, _ change: ChangeEntry?, _ findings: inout FindingLedger) throws {
        guard let change else {
            guard !kept.mayLack(version.validFrom) else { return }
            let what = version.isListed ? "version" : "absence"
            findings.add(
                .change,
                of: link.subject,
                at: version.validFrom,
                "no change tells of the \(what) from \(version.validFrom.instantText)"
            )
            return
        }
        if change.cluster != link.cluster { report(change, "names another cluster", &findings) }
        let kinds = kindsThatFit(version)
        guard let kind = change.kind, kinds.contains(kind) else {
            let expected = kinds.map(\.rawValue).joined(separator: " or ")
            return report(
                change,
                "is \(change.kind?.rawValue ?? "of no known kind") where the versions say \(expected)",
                &findings
            )
        }
        // Of what was before the first version that is kept nothing is known.
        if latest != nil || kind == .created, change.before != (kind == .created ? nil : latest?.document) {
            report(change, "has another document before than the version before it", &findings)
        }
        if kind == .changed, change.before == change.after { report(change, "changes nothing", &findings) }
        if change.after != version.document {
            guard let after = change.after, let document = version.document,
                try isCompletion(after, document, version.completedAt != nil)
            else { return report(change, "has another document after than its version", &findings) }
        }
    }

    private func kindsThatFit(_ version: VersionEntry) -> [ChangeKind] {
        guard version.isListed else { return [.deleted] }
        guard let latest else { return kept.mayBeginWith(version.validFrom) ? [.created, .changed] : [.created] }
        return [latest.isListed ? .changed : .created]
    }

    private func report(_ change: ChangeEntry, _ message: @autoclosure () -> String, _ findings: inout FindingLedger) {
        findings.add(
            .change,
            of: link.subject,
            at: change.at,
            sequence: change.sequence,
            "change \(change.sequence) \(message())"
        )
    }
}
