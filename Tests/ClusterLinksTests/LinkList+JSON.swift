import ClusterLinks
import ExactJSON

extension LinkList {
    /// The list whose `data` holds the given items, each a JSON text.
    init(items: [String]) throws {
        let body =
            #"{"kind":"KafkaLinkDataList","metadata":{"next":null},"data":["# + items.joined(separator: ",") + "]}"
        try self.init(pages: [JSONValue(parsing: body)])
    }

    init(_ items: String...) throws { try self.init(items: items) }
}

extension LinkContent {
    /// The content of a list item, with a reading of its tasks where one is given.
    init(json item: String, tasks: String? = nil) throws {
        let object = try JSONValue(parsing: item).object ?? [:]
        let content = LinkContent(item: object)
        self = try tasks.map { content.with(tasks: try TaskReading(json: $0)) } ?? content
    }
}

extension TaskReading {
    init(json tasks: String) throws { self.init(try JSONValue(parsing: tasks)) }
}
