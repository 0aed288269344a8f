import ClusterLinks
import ExactJSON

/// What an inventory keeps of one link, in plain values: made both by the naive model and from the ledger's events.
struct RecordedLink: Equatable {
    struct Version: Equatable {
        let from: Instant
        var to: Instant?
        let changed: [String]
        var content: [String: String]
    }

    struct Episode: Equatable {
        struct Message: Equatable {
            let text: String
            let at: Instant
        }

        let trouble: String
        let from: Instant
        var to: Instant?
        let firstObservation: Int
        let startedBeforeObservation: Bool
        var messages: [Message]
    }

    var versions: [Version] = []
    var episodes: [Episode] = []
}

extension SeenLink {
    /// The fields by their meaning, those that say nothing left out.
    func content(tasks: [SeenTask]) -> [String: String] {
        var content = ["link_name": name]
        content["link_error"] = error
        content["link_error_message"] = message
        content["link_state"] = state
        if !topics.isEmpty { content["topic_names"] = topics.sorted().joined(separator: " ") }
        if !counts.isEmpty {
            content["category_counts"] = counts.map { "\($0.key)=\($0.value)" }.sorted().joined(separator: " ")
        }
        content["novel"] = novel
        if !tasks.isEmpty { content["tasks"] = tasks.map(\.text).sorted().joined(separator: " ") }
        return content
    }

    var trouble: String? { error ?? (["FAILED", "UNAVAILABLE"].contains(state) ? state : nil) }
}

extension SeenTask {
    fileprivate var text: String { "\(name)/\(state ?? "")/\(codes.sorted().joined(separator: ","))" }
}

extension LinkContent {
    /// The same fields read back from a content; one that should not be there shows as itself.
    var plain: [String: String] {
        var plain: [String: String] = [:]
        for member in fields.members {
            switch member.name {
            case "cluster_link_id", "link_id": break
            case "topic_names": plain[member.name] = topicNames.sorted().joined(separator: " ")
            case "category_counts": plain[member.name] = Self.counts(member.value)
            case "novel": plain[member.name] = member.value.object?["n"]?.string ?? "lost"
            case "tasks":
                plain[member.name] = tasks.map {
                    SeenTask(name: $0.name ?? "", state: $0.state?.rawValue, codes: $0.errorCodes.map(\.rawValue)).text
                }.sorted().joined(separator: " ")
            default: plain[member.name] = member.value.string ?? "no string"
            }
        }
        return plain
    }

    private static func counts(_ value: JSONValue) -> String {
        (value.array ?? []).map { "\($0.object?["state_category"]?.string ?? "")=\($0.object?["count"]?.int ?? -1)" }
            .sorted().joined(separator: " ")
    }
}
