import Alerting
import ClusterLinks
import ExactJSON
import Inventory

extension BacktestRendering {
    /// What programs read.
    var json: String {
        let object: JSONObject = [
            "from": .string(report.window.from.description), "to": .string(report.window.to.description),
            "kept_from": .optional(report.keptFrom?.description),
            "replayed_from": .string(report.replayedFrom.description),
            "first_poll_at": .optional(report.polled?.first.description),
            "last_poll_at": .optional(report.polled?.last.description),
            "notifications": .array(report.notifications.map { .object(json(of: $0)) }),
            "unlisted_notifications": .int(unlisted),
            "flapping_window_seconds": .int(Int(question.proposal.flappingWindow.seconds)),
            "noise_below_seconds": .int(Int(question.noiseBelow.seconds)),
            "proposed": .object(json(of: report.proposed)),
            "was": report.past.map { .object(json(of: $0)) } ?? .null,
            "unknown_clusters": .array(report.unknownClusters.map { .string($0.rawValue) }),
            "left_out_clusters": .array(report.leftOutClusters.map { .string($0.rawValue) }),
            "notes": .array(notes.map(JSONValue.string)),
            "assumptions": .array(Self.assumptions.map(JSONValue.string)),
        ]
        return String(decoding: JSONValue.object(object).encoded, as: UTF8.self)
    }

    private func json(of notification: BacktestNotification) -> JSONObject {
        let end = notification.closedAt ?? report.window.to
        return [
            "notification_id": .string(notification.id), "type": .string(notification.kind.rawValue),
            "at": .string(notification.at.description),
            "receivers": .array(notification.receivers.map(JSONValue.string)),
            "severity": .string(notification.severity.rawValue),
            "incident": .string(notification.incident), "opened_at": .string(notification.openedAt.description),
            "closed_at": .optional(notification.closedAt?.description),
            "lasted_seconds": .int(Int((end - notification.openedAt).seconds)),
            "alerts_total": .int(notification.alertCount),
            "alerts": .array(
                notification.subjects.map { subject in
                    [
                        "kind": .string(subject.kind.rawValue), "cluster_id": .string(subject.cluster.rawValue),
                        "cluster_name": .optional(subject.clusterName.isEmpty ? nil : subject.clusterName),
                        "link_name": .optional(subject.link?.rawValue), "code": .optional(subject.code),
                    ]
                }
            ),
        ]
    }

    private func json(of figures: BacktestFigures) -> JSONObject {
        var json = json(of: figures.notifications)
        json["pages_per_day"] = .double(figures.pagesPerDay(over: report.window.length))
        json["alerts_fired"] = .int(figures.alerts)
        json["incidents"] = .int(figures.incidents)
        json["flaps"] = .int(figures.refirings)
        json["flapping_marks"] = .int(figures.flappingMarks)
        json["noise"] = .int(figures.noise)
        json["receivers"] = .array(
            receivers.map { receiver in
                var tellings = self.json(of: figures.receivers[receiver.name] ?? BacktestFigures.Tellings())
                tellings["name"] = .string(receiver.name)
                tellings["type"] = .optional(receiver.kind?.rawValue)
                return .object(tellings)
            }
        )
        return json
    }

    private func json(of tellings: BacktestFigures.Tellings) -> JSONObject {
        ["firing": .int(tellings.firing), "reminders": .int(tellings.reminder), "resolved": .int(tellings.resolved)]
    }
}
