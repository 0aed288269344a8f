/// One link as a random list shows it.
struct ShownLink: Hashable {
    var id: Int
    var name: String
    var error: String?
    var message: String?
    var state = "ACTIVE"

    var json: String {
        var members = [#""link_name":"\#(name)","cluster_link_id":"A\#(id)","link_state":"\#(state)""#]
        if let error { members.append(#""link_error":"\#(error)""#) }
        if let message { members.append(#""link_error_message":"\#(message)""#) }
        return "{" + members.joined(separator: ",") + "}"
    }
}

/// Anything that can happen to one cluster's alerts.
enum Observed {
    case list([ShownLink])
    case sameBytes
    case failure(reason: String)
    /// Of the link with the id; nil is a reading without trouble.
    case tasks(id: Int, code: String?)
    case rules(expected: Set<String>, exhaustive: Bool, readsTasks: Bool)
    /// Out of the configuration and back in.
    case retired
    case restart
}
