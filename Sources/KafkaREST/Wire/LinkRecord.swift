import ClusterLinks
import ExactJSON

/// The answer of `GET /clusters/{cluster_id}/links/{link_name}`: one item of the list and, if they were asked for, `tasks`.
struct LinkRecord: Sendable {
    private let object: JSONObject

    init(_ value: JSONValue) throws(LinkRecordFault) {
        guard let object = value.object else { throw .notAnObject }
        self.object = object
    }

    /// The link, by the rules by which a list's items are read.
    func item(named name: LinkName) throws(LinkRecordFault) -> LinkList.Item {
        let list: LinkList
        do throws(MalformedList) {
            list = try LinkList(pages: [["data": [.object(object)]]])
        } catch {
            throw .noLink
        }
        guard let item = list.links.first else { throw .noLink }
        guard item.name == name else { throw .otherLink(item.name) }
        return item
    }

    /// Absent and null are no tasks.
    func tasks() throws(LinkRecordFault) -> TaskReading {
        guard let tasks = object["tasks"], !tasks.isNull else { return TaskReading(nil) }
        guard tasks.array != nil else { throw .tasksNotAnArray }
        return TaskReading(tasks)
    }
}

/// Why an answer of status 2xx is not the link that was asked for.
enum LinkRecordFault: Error, Hashable {
    case notAnObject
    /// Without a name no tasks can be given to a link.
    case noLink
    case otherLink(LinkName)
    case tasksNotAnArray
}

extension LinkRecordFault: CustomStringConvertible {
    var description: String {
        switch self {
        case .notAnObject: "the body is no JSON object"
        case .noLink: "the body names no link"
        case .otherLink(let name): "the body is about another link, \(name)"
        case .tasksNotAnArray: "\"tasks\" is no array"
        }
    }
}
