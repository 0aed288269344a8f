import ClusterLinks
import Testing

/// Truth rule 9: tasks come from the single GET and stand until the next reading.
struct TaskReadingTests {
    private static let item = #"{"link_name":"orders","cluster_link_id":"\#(LinkID.first.id)"}"#
    private static let active = #"[{"task_name":"AclSync","state":"ACTIVE","errors":[]}]"#
    private static let failing =
        #"[{"task_name":"AclSync","state":"IN_ERROR","errors":[{"error_code":"INTERNAL_ERROR","error_message":"x"}]}]"#

    @Test func theFirstReadingCompletesTheOpenVersion() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        #expect(cluster.link("orders")?.hasTaskReading == false)
        #expect(cluster.link("orders")?.content.tasks.isEmpty == true)
        #expect(try cluster.reads(tasks: Self.failing, of: .known(LinkID.first.id)) == ["orders completed"])
        let link = try #require(cluster.link("orders"))
        #expect(link.hasTaskReading)
        #expect(link.versionSince == .seconds(1))
        #expect(link.content.tasks.map(\.name) == ["AclSync"])
        #expect(link.lastKnownHealth == .degraded)
    }

    @Test func aLaterReadingIsAChangeWhenItDiffers() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        let identity = try LinkIdentity.known(LinkID.first.id)
        _ = try cluster.reads(tasks: Self.active, of: identity)
        #expect(try cluster.reads(tasks: Self.active, of: identity) == [])
        #expect(try cluster.reads(tasks: Self.failing, of: identity) == ["orders changed tasks"])
        #expect(cluster.link("orders")?.versionSince == .seconds(4))
        #expect(try cluster.reads(tasks: Self.failing, of: identity) == [])
    }

    @Test(arguments: [nil, "null", "[]"])
    func aFirstReadingWithoutTasksIsAReading(tasks: String?) throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        let identity = try LinkIdentity.known(LinkID.first.id)
        #expect(try cluster.reads(tasks: tasks, of: identity) == ["orders completed"])
        #expect(cluster.link("orders")?.hasTaskReading == true)
        #expect(try cluster.reads(tasks: Self.active, of: identity) == ["orders changed tasks"])
        #expect(try cluster.reads(tasks: tasks, of: identity) == ["orders changed tasks"])
    }

    @Test(arguments: [
        #"{"link_name":"orders","cluster_link_id":"\#(LinkID.first.id)"}"#,
        #"{"link_name":"orders","cluster_link_id":"\#(LinkID.first.id)","tasks":null}"#,
        #"{"link_name":"orders","cluster_link_id":"\#(LinkID.first.id)","tasks":[]}"#,
        #"{"link_name":"orders","cluster_link_id":"\#(LinkID.first.id)","tasks":[{"task_name":"X","state":"ACTIVE"}]}"#,
    ])
    func listPollsKeepTheLastReading(item: String) throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        _ = try cluster.reads(tasks: Self.failing, of: .known(LinkID.first.id))
        #expect(try cluster.lists(item) == [])
        #expect(cluster.link("orders")?.content.tasks.map(\.name) == ["AclSync"])
        #expect(cluster.link("orders")?.lastKnownHealth == .degraded)
    }

    @Test func aChangeInTheListKeepsTheLastReading() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        _ = try cluster.reads(tasks: Self.failing, of: .known(LinkID.first.id))
        let changed = #"{"link_name":"orders","cluster_link_id":"\#(LinkID.first.id)","link_state":"PAUSED"}"#
        #expect(try cluster.lists(changed) == ["orders changed link_state"])
        #expect(cluster.link("orders")?.content.tasks.map(\.name) == ["AclSync"])
        #expect(cluster.link("orders")?.hasTaskReading == true)
    }

    @Test func tasksInAListAreNoReading() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(
            #"{"link_name":"orders","cluster_link_id":"\#(LinkID.first.id)","tasks":[{"task_name":"X","state":"IN_ERROR"}]}"#
        )
        #expect(cluster.link("orders")?.content.tasks.isEmpty == true)
        #expect(cluster.link("orders")?.hasTaskReading == false)
        #expect(cluster.link("orders")?.lastKnownHealth == .ok)
    }

    @Test func aNewIncarnationStartsWithoutTasks() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        _ = try cluster.reads(tasks: Self.failing, of: .known(LinkID.first.id))
        _ = try cluster.lists(#"{"link_name":"orders","cluster_link_id":"\#(LinkID.second.id)"}"#)
        #expect(cluster.link("orders")?.content.tasks.isEmpty == true)
        #expect(cluster.link("orders")?.hasTaskReading == false)
        #expect(try cluster.reads(tasks: Self.failing, of: .known(LinkID.first.id)) == [])
        #expect(try cluster.reads(tasks: Self.failing, of: .known(LinkID.second.id)) == ["orders completed"])
    }

    @Test func anAdoptedIDKeepsTheReading() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(#"{"link_name":"orders"}"#)
        _ = try cluster.reads(tasks: Self.failing, of: .name(LinkName("orders").required))
        #expect(try cluster.lists(Self.item) == ["orders adopted \(LinkID.first.id)"])
        #expect(cluster.link("orders")?.hasTaskReading == true)
        #expect(cluster.link("orders")?.lastKnownHealth == .degraded)
    }

    @Test func aReadingOfALinkThatHasLeftSaysNothing() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        _ = try cluster.lists()
        #expect(try cluster.reads(tasks: Self.failing, of: .known(LinkID.first.id)) == [])
        #expect(cluster.ledger.links.isEmpty)
    }

    @Test func aReadingIsNoObservationOfTheList() throws {
        var cluster = ObservedCluster()
        _ = try cluster.lists(Self.item)
        _ = try cluster.reads(tasks: Self.active, of: .known(LinkID.first.id))
        #expect(cluster.ledger.observations == 1)
    }

    @Test(arguments: [
        (#"[{"task_name":"A"},{"task_name":"B"}]"#, #"[{"task_name":"B"},{"task_name":"A"}]"#, true),
        (#"[{"task_name":"A"},{"task_name":"A"}]"#, #"[{"task_name":"A"}]"#, false),
        (#"[{"task_name":"A","state":"ACTIVE"}]"#, #"[{"state":"ACTIVE","task_name":"A"}]"#, true),
        (#"[{"task_name":"A","state":"ACTIVE"}]"#, #"[{"task_name":"A","state":"IN_ERROR"}]"#, false),
        (#"[{"task_name":"A","state":null}]"#, #"[{"task_name":"A"}]"#, true),
        (#"[{"task_name":"A","errors":null}]"#, #"[{"task_name":"A"}]"#, true),
        (#"[{"task_name":"A","errors":[]}]"#, #"[{"task_name":"A"}]"#, true),
        (
            #"[{"errors":[{"error_code":"X"},{"error_code":"Y"}]}]"#,
            #"[{"errors":[{"error_code":"Y"},{"error_code":"X"}]}]"#, true
        ),
        (#"[{"errors":[{"error_code":"X"},{"error_code":"X"}]}]"#, #"[{"errors":[{"error_code":"X"}]}]"#, false),
        (
            #"[{"errors":[{"error_code":"X","error_message":""}]}]"#,
            #"[{"errors":[{"error_code":"X","error_message":null}]}]"#, true
        ),
        (#"[{"errors":[{"error_code":"X","error_message":"m"}]}]"#, #"[{"errors":[{"error_code":"X"}]}]"#, false),
        (
            #"[{"errors":[{"error_code":"NO_ERROR","error_message":"m"}]}]"#,
            #"[{"errors":[{"error_code":"","error_message":"m"}]}]"#, true
        ),
        (#"[{"task_name":"A","new_field":{"b":1,"a":2}}]"#, #"[{"new_field":{"a":2,"b":1},"task_name":"A"}]"#, true),
        (#"[{"task_name":"A","new_field":1}]"#, #"[{"task_name":"A"}]"#, false),
    ])
    func tasksAndTheirErrorsAreMultisets(left: String, right: String, equal: Bool) throws {
        #expect(try (TaskReading(json: left) == TaskReading(json: right)) == equal)
        let item = #"{"link_name":"a"}"#
        #expect(try (LinkContent(json: item, tasks: left) == LinkContent(json: item, tasks: right)) == equal)
    }

    @Test func whatATaskSaysIsReadVerbatim() throws {
        let tasks = #"""
            [{"task_name":"Novel","state":"NOVEL_STATE","errors":[{"error_code":"NOVEL_CODE","error_message":"é"}]}]
            """#
        let task = try #require(try LinkContent(json: #"{"link_name":"a"}"#, tasks: tasks).tasks.first)
        #expect(task.name == "Novel")
        #expect(task.state?.rawValue == "NOVEL_STATE")
        #expect(task.errorCodes.map(\.rawValue) == ["NOVEL_CODE"])
    }
}
