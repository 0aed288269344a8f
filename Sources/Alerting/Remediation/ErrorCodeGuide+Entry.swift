extension ErrorCodeGuide {
    /// Where an entry's meaning is from, so that nobody takes a reading of a name for a promise of Confluent's.
    package enum Basis: String, Sendable, Hashable, CaseIterable {
        /// Confluent's documents or the examples of its API say it, or its servers in the message beside the code.
        case confluent
        /// Confluent's API lists the code without a word; read from its name and Apache Kafka's error of that name.
        case name
        /// The word is linkwatch's own.
        case linkwatch
    }

    /// One subject and what to do about it.
    package struct Entry: Sendable, Hashable {
        package let kind: AlertKind
        /// The `link_error`, `link_state`, task error code or reason of a failed poll, verbatim.
        ///
        /// Nil for a kind that has none, and for a task in error without a code.
        package let code: String?
        /// The only task that the entry is about; nil where the task makes no difference.
        package let task: String?
        package let basis: Basis
        package let remediation: Remediation

        init(_ kind: AlertKind, _ code: String? = nil, task: String? = nil, basis: Basis, _ remediation: Remediation) {
            self.kind = kind
            self.code = code
            self.task = task
            self.basis = basis
            self.remediation = remediation
        }
    }
}
