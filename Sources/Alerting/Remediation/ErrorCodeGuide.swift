package import ClusterLinks

/// What is known of every code, state and reason that an alert can be about, and what is said of the unknown ones.
///
/// Codes match byte by byte (truth rule 7): another case, another spelling or a blank more is another code, and an
/// unknown one. `NO_ERROR` is no entry, because it is no error.
package enum ErrorCodeGuide {
    /// All that is known, each subject once, in the order in which people read it.
    package static let entries: [Entry] =
        linkErrors + linkStates + taskErrors + taskErrorsByTask + expectedLinks + pollFailures

    /// Nil for a subject that this version does not know.
    package static func entry(_ kind: AlertKind, code: String? = nil, task: String? = nil) -> Entry? {
        entries.first {
            $0.kind == kind && areSame($0.code, code) && areSame($0.task, task)
        }
    }

    package static func remediation(forLinkError code: LinkErrorCode) -> Remediation {
        entry(.linkError, code: code.rawValue)?.remediation ?? unknownLinkError
    }

    package static func remediation(forState state: LinkState) -> Remediation {
        entry(.linkState, code: state.rawValue)?.remediation ?? unknownState
    }

    /// What is known of a code under one task or, where the task makes no difference, of the code.
    ///
    /// - Parameter code: nil for a task that says `IN_ERROR` and names no code.
    package static func remediation(forTaskError code: TaskErrorCode?, task: String?) -> Remediation {
        let known = entry(.taskError, code: code?.rawValue, task: task) ?? entry(.taskError, code: code?.rawValue)
        return known?.remediation ?? unknownTaskError
    }

    /// - Parameter reason: the bounded word of a failed poll (`PollOutcome.failure`).
    package static func remediation(forUnreachable reason: String) -> Remediation {
        entry(.clusterUnreachable, code: reason)?.remediation ?? unknownReason
    }

    /// `String` takes two spellings of one character as equal, the Kelvin sign and `K` among them; a server does not.
    private static func areSame(_ left: String?, _ right: String?) -> Bool {
        switch (left, right) {
        case (nil, nil): true
        case (let left?, let right?): left.utf8.elementsEqual(right.utf8)
        default: false
        }
    }
}
