package import ClusterLinks

/// One occurrence of one trouble, from its first bad observation to its end.
package struct Alert: Sendable, Hashable {
    /// An observation: its place in its stream, and when it was complete.
    ///
    /// The successful polls of the cluster are the stream of the kinds that lists tell of, numbered by
    /// `ClusterLedger.observations`; those of `task_error` and `cluster_unreachable` are numbered from the alert's own
    /// first observation, which is 1.
    package struct Mark: Sendable, Hashable {
        package let number: Int
        package let at: Instant

        package init(number: Int, at: Instant) {
            self.number = number
            self.at = at
        }
    }

    /// 16 hexadecimal digits made from the fingerprint and the beginning: what is replayed after a crash is the same
    /// occurrence, and nobody is told of it twice.
    package let id: String
    /// Of the subject as it was at the beginning; it stays when the link is renamed or adopts an id.
    package let fingerprint: String
    package var subject: AlertSubject
    /// The highest that the occurrence ever had.
    package var severity: AlertSeverity
    package var state: AlertState
    package let startedAt: Instant
    package var firedAt: Instant?
    package var resolvedAt: Instant?
    package var resolvedReason: ResolvedReason?
    /// The latest; an annotation and no label, so that another code is the same alert.
    package var code: String?
    /// The task that the code is of, for `task_error` alone.
    package var task: String?
    /// The latest that was told with the code.
    package var message: String?
    /// The number of the first observation.
    package let firstObservation: Int
    /// Where the latest unbroken run of bad observations began; of a link's error and of its bad state together, so that a
    /// trouble that changes its shape counts on.
    package var badSince: Mark
    /// Where the run of good observations began that it is in; nil while it is bad.
    package var goodSince: Mark?
    /// How many observations there were from the first to the last step, good ones included.
    package var observations: Int
    /// The last observation that made a step; those without news come after it and make none.
    package var lastObservedAt: Instant
    package var isFlapping: Bool

    /// Takes up a stored alert.
    package init(
        id: String,
        fingerprint: String,
        subject: AlertSubject,
        severity: AlertSeverity,
        state: AlertState,
        startedAt: Instant,
        firedAt: Instant?,
        resolvedAt: Instant?,
        resolvedReason: ResolvedReason?,
        code: String?,
        task: String?,
        message: String?,
        firstObservation: Int,
        badSince: Mark,
        goodSince: Mark?,
        observations: Int,
        lastObservedAt: Instant,
        isFlapping: Bool
    ) {
        self.id = id
        self.fingerprint = fingerprint
        self.subject = subject
        self.severity = severity
        self.state = state
        self.startedAt = startedAt
        self.firedAt = firedAt
        self.resolvedAt = resolvedAt
        self.resolvedReason = resolvedReason
        self.code = code
        self.task = task
        self.message = message
        self.firstObservation = firstObservation
        self.badSince = badSince
        self.goodSince = goodSince
        self.observations = observations
        self.lastObservedAt = lastObservedAt
        self.isFlapping = isFlapping
    }

    /// Begins an occurrence with its first bad observation.
    /// - Parameter badSince: where the run began that the observation is in, if before it.
    package init(
        of subject: AlertSubject,
        severity: AlertSeverity,
        symptom: AlertSymptom,
        at mark: Mark,
        badSince: Mark? = nil
    ) {
        let fingerprint = subject.fingerprint
        self.init(
            id: AlertSubject.digits(of: "\(fingerprint)\u{0}\(mark.at.milliseconds)"),
            fingerprint: fingerprint,
            subject: subject,
            severity: severity,
            state: .pending,
            startedAt: mark.at,
            firedAt: nil,
            resolvedAt: nil,
            resolvedReason: nil,
            code: symptom.code,
            task: symptom.task,
            message: symptom.message,
            firstObservation: mark.number,
            badSince: badSince ?? mark,
            goodSince: nil,
            observations: 1,
            lastObservedAt: mark.at,
            isFlapping: false
        )
    }

    package var isOpen: Bool { state != .resolved }

    /// The count of observations once the stream has come to `number`; that of a resolved alert stands.
    package func observations(upTo number: Int) -> Int {
        isOpen && subject.kind.countsLists ? max(observations, number - firstObservation + 1) : observations
    }

    /// Whether nothing is known any more of what the alert says: its cluster has not been listed within `stale_after`.
    ///
    /// It stays what it was. That a cluster cannot be reached is itself an observation, and never unconfirmed.
    package func isUnconfirmed(clusterIsStale: Bool) -> Bool {
        isOpen && clusterIsStale && subject.kind != .clusterUnreachable
    }

    /// Whether the next observation can move the alert although it says nothing new.
    var isRunning: Bool { state == .pending || goodSince != nil || isFlapping }
}
