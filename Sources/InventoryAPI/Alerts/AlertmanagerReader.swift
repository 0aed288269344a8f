import Alerting
import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// What a client of an Alertmanager asks for, and how the alerts are written for it.
struct AlertmanagerReader {
    let present: PresentAlerts
    private let showsActive: Bool
    private let showsSilenced: Bool
    private let matchers: [Matcher]
    private let receivers: [String]
    /// Whether any receiver is one that is asked for.
    private let isAnyoneTold: Bool
    private let origin: String

    init(_ question: Question, _ present: PresentAlerts) throws {
        self.present = present
        showsActive = try question.choice("active", default: Flag.yes) == .yes
        showsSilenced = try question.choice("silenced", default: Flag.yes) == .yes
        for name in ["inhibited", "unprocessed", "muted"] { _ = try question.choice(name, default: Flag.yes) }
        matchers = try Self.matchers(question)
        let receivers = present.board.receivers.map(\.name)
        self.receivers = receivers
        isAnyoneTold = try Self.receiver(question).map { receivers.contains(where: $0.matches) } ?? true
        origin = RequestedOrigin(of: question.request).description
    }

    private enum Flag: String, CaseIterable {
        case yes = "true"
        case no = "false"
    }

    private static let mostMatchers = 64

    private static func matchers(_ question: Question) throws -> [Matcher] {
        let texts = question.repeated("filter")
        guard texts.count <= mostMatchers else {
            throw APIProblem.badParameter(
                name: "filter",
                value: "… \(texts.count) times",
                allowed: "at most \(mostMatchers) matchers"
            )
        }
        return try texts.map { text in
            do throws(SuppressionFault) {
                return try Matcher(parsing: text)
            } catch {
                throw APIProblem.badParameter(
                    name: "filter",
                    value: text,
                    allowed: #"a matcher such as severity="critical" or link_name=~"orders.*": \#(error)"#
                )
            }
        }
    }

    /// An empty one asks for nothing, as Alertmanager's own client does not send it.
    private static func receiver(_ question: Question) throws -> LabelPattern? {
        guard let text = question["receiver"], !text.isEmpty else { return nil }
        do throws(LabelPattern.Fault) {
            return try LabelPattern(text)
        } catch {
            throw APIProblem.badParameter(name: "receiver", value: text, allowed: "a regular expression: \(error)")
        }
    }

    /// Those of some firing alerts that are asked for.
    func alerts(of children: [Incident.Child]) -> [(fingerprint: String, json: JSONObject)] {
        guard isAnyoneTold else { return [] }
        return children.compactMap { child in
            let labels = child.labels
            guard matchers.allSatisfy({ $0.matches(labels) }) else { return nil }
            let silencedBy = present.silencedBy(child.alert, in: child.surroundings)
            guard silencedBy.isEmpty ? showsActive : showsSilenced else { return nil }
            let json = AlertmanagerAlert.gettable(
                child,
                silencedBy: silencedBy,
                acknowledgedBy: present.board.acknowledgements[child.alert.id],
                receivers: receivers,
                updatedAt: present.lastObservedAt(of: child.alert),
                validUntil: present.now.advanced(by: NotificationPolicy().validity),
                publicURL: origin
            )
            return (child.alert.fingerprint, json)
        }
    }

    /// An incident as a group; one that nobody is told of has no receiver, and one that several are told of is a group of
    /// each, as with an Alertmanager.
    func groups(of incident: Incident) -> [JSONObject] {
        let alerts = alerts(of: incident.firing)
        guard !alerts.isEmpty else { return [] }
        let shared = incident.firing.dropFirst().reduce(incident.firing.first?.labels.values ?? [:]) { labels, child in
            labels.filter { child.labels[$0.key] == $0.value }
        }
        return (receivers.isEmpty ? [Self.nobody] : receivers).map { receiver in
            [
                "labels": .object(LabelSet(shared).json),
                "receiver": ["name": .string(receiver)],
                "alerts": .array(alerts.map { .object($0.json) }),
            ]
        }
    }

    /// The name of the receiver where nobody is told.
    private static let nobody = "none"

    /// As much of an Alertmanager's configuration as tells the receivers: clients read it as YAML, which JSON is.
    static func configuration(receivers: [String]) -> String {
        let names = receivers.isEmpty ? [nobody] : receivers
        let configuration: JSONObject = [
            "route": ["receiver": .string(names[0])],
            "receivers": .array(names.map { ["name": .string($0)] }),
        ]
        return String(decoding: configuration.encoded, as: UTF8.self)
    }
}
