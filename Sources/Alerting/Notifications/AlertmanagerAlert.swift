package import ClusterLinks
package import ExactJSON

/// Alerts in the shapes of Alertmanager's API v2
/// (https://github.com/prometheus/alertmanager/blob/main/api/v2/openapi.yaml).
package enum AlertmanagerAlert {
    /// A `postableAlert`, an item of `POST /api/v2/alerts`.
    ///
    /// - Parameters:
    ///   - validUntil: the end of one that fires; one that is over has its own.
    ///   - publicURL: where linkwatch is reached; nil leaves the way back out.
    package static func postable(_ child: Incident.Child, validUntil: Instant, publicURL: String?) -> JSONObject {
        var json: JSONObject = [
            "labels": .object(child.labels.json),
            "annotations": .object(LabelSet(annotationsOf: child.alert, in: child.surroundings).json),
            "startsAt": .string((child.alert.firedAt ?? child.alert.startedAt).description),
            "endsAt": .string((child.isFiring ? validUntil : child.alert.resolvedAt ?? validUntil).description),
        ]
        if let page = page(of: child.alert, publicURL) { json["generatorURL"] = .string(page) }
        return json
    }

    /// A `gettableAlert`, an item of `GET /api/v2/alerts`.
    ///
    /// Alertmanager knows no acknowledgement; one is told as an annotation, and the alert stays active.
    /// - Parameters:
    ///   - silencedBy: the ids of the active silences that match it.
    ///   - receivers: the names of those that are configured.
    ///   - updatedAt: when it was last observed.
    ///   - validUntil: until when it is good without another observation.
    package static func gettable(
        _ child: Incident.Child,
        silencedBy: [String],
        acknowledgedBy: Acknowledgement?,
        receivers: [String],
        updatedAt: Instant,
        validUntil: Instant,
        publicURL: String?
    ) -> JSONObject {
        var annotations = LabelSet(annotationsOf: child.alert, in: child.surroundings).json
        if let acknowledgedBy {
            annotations["acknowledged_by"] = .string(acknowledgedBy.by)
            annotations["acknowledgement"] = .string(acknowledgedBy.comment)
        }
        var json: JSONObject = [
            "annotations": .object(annotations),
            "endsAt": .string(validUntil.description),
            "fingerprint": .string(child.alert.fingerprint),
            "receivers": .array(receivers.map { ["name": .string($0)] }),
            "startsAt": .string((child.alert.firedAt ?? child.alert.startedAt).description),
            "status": [
                "inhibitedBy": [],
                // Older Alertmanagers leave it out; readers of newer ones count on it.
                "mutedBy": [],
                "silencedBy": .array(silencedBy.map(JSONValue.string)),
                "state": silencedBy.isEmpty ? "active" : "suppressed",
            ],
            "updatedAt": .string(updatedAt.description),
        ]
        if let page = page(of: child.alert, publicURL) { json["generatorURL"] = .string(page) }
        json["labels"] = .object(child.labels.json)
        return json
    }

    private static func page(of alert: Alert, _ publicURL: String?) -> String? {
        publicURL.map { ($0.hasSuffix("/") ? String($0.dropLast()) : $0) + "/api/v1/alerts/\(alert.id)" }
    }
}

extension AlertmanagerPost {
    /// The body of `POST /api/v2/alerts`.
    package func body(publicURL: String?) -> JSONValue {
        .array(
            (firing + resolved).map {
                .object(AlertmanagerAlert.postable($0, validUntil: validUntil, publicURL: publicURL))
            }
        )
    }
}
