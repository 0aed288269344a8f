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
