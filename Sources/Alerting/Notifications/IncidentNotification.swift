package import ClusterLinks

/// One thing to tell a webhook of one incident.
package struct IncidentNotification: Sendable, Hashable {
    package enum Kind: String, Sendable, Hashable, CaseIterable {
        case firing, reminder, resolved
    }

    /// The same for the same incident, kind and count: repeated after a crash, it is known as the one from before.
    ///
    /// Not of the receiver: two that are told the same are told one thing. A delivery is known by both.
    package let id: String
    package let kind: Kind
    /// The receiver's name.
    package let receiver: String
    package let incident: Incident
    /// Those that fire and are neither acknowledged nor silenced; when it is over, all.
    package let alerts: [Incident.Child]
    package let at: Instant

    package init(
        kind: Kind,
        ordinal: Int,
        receiver: String,
        incident: Incident,
        alerts: [Incident.Child],
        at: Instant
    ) {
        id = Self.id(of: incident.id, kind: kind, ordinal: ordinal)
        self.kind = kind
        self.receiver = receiver
        self.incident = incident
        self.alerts = alerts
        self.at = at
    }

    /// 32 hexadecimal digits.
    package static func id(of incident: String, kind: Kind, ordinal: Int) -> String {
        let digest = ContentDigest(of: "\(incident)\n\(kind.rawValue)\n\(ordinal)".utf8)
        return digest.bytes.prefix(16).map { byte in
            String(byte >> 4, radix: 16) + String(byte & 15, radix: 16)
        }.joined()
    }
}
