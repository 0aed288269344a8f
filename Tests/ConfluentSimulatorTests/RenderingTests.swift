import ConfluentSimulator
import Foundation
import Testing

struct RenderingTests {
    @Test(arguments: [
        (SimulatedLink.Role.destination, ["source_cluster_id", "remote_cluster_id"], ["destination_cluster_id"]),
        (.source, ["destination_cluster_id", "remote_cluster_id"], ["source_cluster_id"]),
        (.bidirectional, ["remote_cluster_id"], ["source_cluster_id", "destination_cluster_id"]),
    ])
    func `the ids that are set tell the direction`(role: SimulatedLink.Role, set: [String], null: [String]) throws {
        var upstream = try makeUpstream([makeLink("orders", role: role)])
        let item = try #require(try JSONReading.items(upstream.answer(.listLinks).body).first)
        #expect(set.allSatisfy { item[$0] as? String == "lkc-remote" })
        #expect(null.allSatisfy { item[$0] is NSNull })
    }

    @Test func `a server leaves out what a cloud cluster says is null`() throws {
        var upstream = try makeUpstream(dialect: .server)
        let item = try #require(try JSONReading.items(upstream.answer(.listLinks).body).first)
        #expect(item["destination_cluster_id"] == nil)
        #expect(item["link_error"] == nil)
        #expect(item["link_error_message"] as? String == "")
        #expect(item["tasks"] is NSNull)
        #expect((item["metadata"] as? [String: Any])?["resource_name"] is NSNull)
    }

    @Test func `an older server sends no state, no remote id and null for no topics`() throws {
        var upstream = try makeUpstream([makeLink("orders", role: .source, topics: [])], dialect: .older)
        let item = try #require(try JSONReading.items(upstream.answer(.listLinks).body).first)
        for name in ["link_state", "remote_cluster_id", "link_error", "link_error_message", "category_counts"] {
            #expect(item[name] == nil)
        }
        #expect(item["topic_names"] is NSNull)
    }

    @Test func `a healthy cloud link says so and has no resource name`() throws {
        var upstream = try makeUpstream()
        let answer = try upstream.answer(.listLinks)
        let list = try JSONReading.object(answer.body)
        #expect(list["kind"] as? String == "KafkaLinkDataList")
        #expect((list["metadata"] as? [String: Any])?["next"] is NSNull)
        let item = try #require(try JSONReading.items(answer.body).first)
        #expect(item["kind"] as? String == "KafkaLinkData")
        #expect(item["link_error"] as? String == "NO_ERROR")
        #expect(item["link_error_message"] as? String == "")
        #expect(item["link_state"] as? String == "ACTIVE")
        #expect((item["metadata"] as? [String: Any])?["resource_name"] == nil)
        #expect(item["topic_names"] as? [String] == ["b.created", "a.state"])
        #expect(item["tasks"] == nil)
    }

    @Test func `category counts are on the destination side and count its topics`() throws {
        var upstream = try makeUpstream([makeLink("in"), makeLink("out", role: .source, topics: [])])
        let items = try JSONReading.items(upstream.answer(.listLinks).body)
        let counts = try #require(items.first?["category_counts"] as? [[String: Any]])
        #expect(counts.compactMap { $0["count"] as? Int }.reduce(0, +) == 2)
        #expect(items.last?["category_counts"] == nil)
    }

    @Test func `tasks come with the single read alone and only when asked for`() throws {
        var upstream = try makeUpstream()
        let asked = try upstream.answer(.getLink("orders"), query: ["include_tasks": "true"])
        let tasks = try #require(try JSONReading.object(asked.body)["tasks"] as? [[String: Any]])
        #expect(tasks.compactMap { $0["task_name"] as? String } == SimulatedTask.names)
        #expect(tasks.contains { $0["state"] as? String == "NOT_CONFIGURED" })
        #expect(try JSONReading.object(upstream.answer(.getLink("orders")).body)["tasks"] == nil)
        let listed = try upstream.answer(.listLinks, query: ["include_tasks": "true"])
        #expect(try JSONReading.items(listed.body).allSatisfy { $0["tasks"] == nil })
    }

    @Test func `ghosts have an empty name, and some nothing else but a state`() throws {
        var upstream = try makeUpstream()
        try upstream.apply(.addGhosts("lkc-one", count: 3))
        let ghosts = try JSONReading.items(upstream.answer(.listLinks).body).filter { $0["link_name"] as? String == "" }
        #expect(ghosts.count == 3)
        #expect(ghosts.allSatisfy { $0["link_state"] as? String == "UNMANAGED_SOURCE" })
        #expect(ghosts.filter { $0["cluster_link_id"] == nil }.count == 1)
        try upstream.apply(.removeGhosts("lkc-one", count: 9))
        #expect(try upstream.listedNames() == ["orders", "billing"])
    }

    @Test func `fields can be added, changed, hidden and restored`() throws {
        var upstream = try makeUpstream()
        let address = LinkAddress("lkc-one", "orders")
        try upstream.apply(.overrideField(address, name: "new_field", .value(["deep": [1, nil, true]])))
        try upstream.apply(.overrideField(address, name: "link_state", .value("HIBERNATING")))
        try upstream.apply(.overrideField(address, name: "topic_names", .absent))
        var item = try JSONReading.object(upstream.answer(.getLink("orders")).body)
        #expect((item["new_field"] as? [String: Any])?["deep"] is [Any])
        #expect(item["link_state"] as? String == "HIBERNATING")
        #expect(item["topic_names"] == nil)
        try upstream.apply(.overrideField(address, name: "topic_names", nil))
        item = try JSONReading.object(upstream.answer(.getLink("orders")).body)
        #expect(item["topic_names"] as? [String] == ["b.created", "a.state"])
    }

    @Test func `every character survives the writer`() throws {
        let text = "quote \" backslash \\ tab \t newline \n bell \u{7} é 漢 🙂 \u{1f}"
        let bytes = WireValue.object([.init(text, .string(text))]).bytes
        #expect(try JSONReading.object(bytes)[text] as? String == text)
        #expect(try WireValue(parsing: bytes)[text] == .string(text))
    }

    @Test func `mirrors are listed for one link and for all, by status where asked`() throws {
        var upstream = try makeUpstream()
        #expect(try JSONReading.items(upstream.answer(.listMirrors(link: nil)).body).count == 4)
        let one = try JSONReading.items(upstream.answer(.listMirrors(link: "orders")).body)
        #expect(one.compactMap { $0["mirror_topic_name"] as? String } == ["b.created", "a.state"])
        let paused = try upstream.answer(.listMirrors(link: nil), query: ["mirror_status": "paused"])
        #expect(try JSONReading.items(paused.body).isEmpty)
    }

    @Test func `sensitive configurations have no value`() throws {
        var link = makeLink("orders")
        link.configs = ["sasl.jaas.config": "secret", "acl.sync.ms": "5000"]
        var upstream = try makeUpstream([link])
        let items = try JSONReading.items(upstream.answer(.listConfigs(link: "orders")).body)
        #expect(items.map { $0["value"] as? String } == ["5000", nil])
        #expect(items.map { $0["is_sensitive"] as? Bool } == [false, true])
    }
}
