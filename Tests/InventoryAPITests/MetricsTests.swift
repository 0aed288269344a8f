import ClusterLinks
import ExactJSON
import Inventory
import Testing

struct MetricsTests {
    @Test func everySeriesOfTheContractIsThere() async throws {
        let cluster = ClusterDescription(id: APIFixture.cluster, name: "orders", labels: ["env": "prod"])
        try await APIFixture.with(clusters: [cluster]) { fixture in
            try await fixture.list([
                item("ok", ["remote_cluster_id": "lkc-9", "link_state": "ACTIVE"]),
                item("bad", ["link_error": "TIMEOUT_ERROR", "link_error_message": "a \"secret\"\nmessage"]),
                ["link_name": ""],
            ])
            await fixture.readTasks(
                of: "ok",
                [
                    ["task_name": "AclSync", "state": "IN_ERROR", "errors": [["error_code": "ACL_LIMIT_EXCEEDED"]]],
                    ["task_name": "AclSync", "state": "IN_ERROR", "errors": [["error_code": "ACL_LIMIT_EXCEEDED"]]],
                ]
            )
            await fixture.fail("timeout")
            let lines = try await fixture.metrics()
            for line in [
                #"clusterlink_info{kafka_cluster_id="lkc-1",link_name="ok",cluster_link_id="id-ok",direction="bidirectional",remote_cluster_id="lkc-9"} 1"#,
                #"clusterlink_up{kafka_cluster_id="lkc-1",link_name="ok",cluster_link_id="id-ok"} 1"#,
                #"clusterlink_up{kafka_cluster_id="lkc-1",link_name="bad",cluster_link_id="id-bad"} 0"#,
                #"clusterlink_state{kafka_cluster_id="lkc-1",link_name="ok",cluster_link_id="id-ok",state="ACTIVE"} 1"#,
                #"clusterlink_error{kafka_cluster_id="lkc-1",link_name="bad",cluster_link_id="id-bad",code="TIMEOUT_ERROR"} 1"#,
                #"clusterlink_task_error{kafka_cluster_id="lkc-1",link_name="ok",cluster_link_id="id-ok",task="AclSync",code="ACL_LIMIT_EXCEEDED"} 1"#,
                #"clusterlink_mirror_topics{kafka_cluster_id="lkc-1",link_name="ok",cluster_link_id="id-ok"} 2"#,
                #"clusterlink_last_change_timestamp_seconds{kafka_cluster_id="lkc-1",link_name="ok",cluster_link_id="id-ok"} 1800000000"#,
                #"clusterlink_cluster_info{kafka_cluster_id="lkc-1",kafka_cluster_name="orders",env="prod"} 1"#,
                #"clusterlink_cluster_up{kafka_cluster_id="lkc-1"} 0"#,
                #"clusterlink_cluster_last_success_timestamp_seconds{kafka_cluster_id="lkc-1"} 1800000000"#,
                #"clusterlink_cluster_links{kafka_cluster_id="lkc-1"} 2"#,
                #"clusterlink_cluster_unmanaged_links{kafka_cluster_id="lkc-1"} 1"#,
                #"clusterlink_cluster_polls_total{kafka_cluster_id="lkc-1"} 2"#,
                #"clusterlink_cluster_poll_failures_total{kafka_cluster_id="lkc-1",reason="timeout"} 1"#,
                #"linkwatch_build_info{version="1.2.3",revision="b8f26b1"} 1"#,
                #"linkwatch_poll_duration_seconds_bucket{le="0.005"} 2"#, "linkwatch_poll_duration_seconds_count 2",
                "linkwatch_polls_in_flight 3", "linkwatch_database_size_bytes 4096",
                "linkwatch_database_wal_size_bytes 512", "linkwatch_database_errors_total 0",
                "linkwatch_database_durable 1", "linkwatch_clock_offset_seconds -1.5",
                "linkwatch_config_last_reload_successful 1",
                "linkwatch_config_last_reload_success_timestamp_seconds 1800000000",
                #"linkwatch_http_requests_total{route="/api/v1/links",method="GET",code="200"} 5"#,
                "linkwatch_http_connections 2", "process_cpu_seconds_total 1.5",
                "process_resident_memory_bytes 1048576", "process_open_fds 12", "process_start_time_seconds 1800000000",
            ] {
                #expect(lines.count { $0 == line } == 1, "\(line)")
            }
            #expect(!lines.contains { $0.contains("secret") })
        }
    }

    @Test func aSeriesGoesAsSoonAsWhatItDescribes() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("a", ["link_error": "TIMEOUT_ERROR"]), item("b")])
            let first = try await fixture.metrics()
            #expect(first.contains { $0.hasPrefix("clusterlink_error{") })
            fixture.clock.advance(by: .seconds(1))
            try await fixture.list([item("a")])
            let second = try await fixture.metrics()
            #expect(!second.contains { $0.hasPrefix("clusterlink_error{") || $0.contains(#"link_name="b""#) })
            #expect(second.contains { $0.hasPrefix("clusterlink_up{") })
            fixture.clock.advance(by: .seconds(180))
            let unknown = try await fixture.metrics()
            #expect(!unknown.contains { $0.contains("link_name=") })
            #expect(unknown.contains(#"clusterlink_cluster_links{kafka_cluster_id="lkc-1"} 1"#))
            await fixture.store.configure([])
            let removed = try await fixture.metrics()
            #expect(!removed.contains { $0.contains("lkc-1") })
        }
    }

    @Test func requestsAreTimedByTheTemplateOfTheirRoute() async throws {
        try await APIFixture.with { fixture in
            for name in ["a", "b"] { _ = try await fixture.get("/api/v1/clusters/lkc-1/links/\(name)") }
            _ = try await fixture.get("/nowhere/\(String(repeating: "x", count: 50))")
            // The next scrape of the service's own series is a second later.
            fixture.clock.advance(by: .seconds(1))
            let name = "linkwatch_http_request_duration_seconds"
            let lines = try await fixture.metrics()
            #expect(lines.contains(name + #"_count{route="/api/v1/clusters/{cluster_id}/links/{link_name}"} 2"#))
            #expect(lines.contains(name + #"_bucket{route="unmatched",le="+Inf"} 1"#))
            #expect(!lines.contains { $0.contains("xxxx") })
        }
    }

    @Test func theServiceIsAskedAtMostOnceASecond() async throws {
        try await APIFixture.with { fixture in
            for _ in 0..<5 { _ = try await fixture.metrics() }
            #expect(fixture.facts.asked == 1)
            fixture.clock.advance(by: .milliseconds(999))
            _ = try await fixture.metrics()
            #expect(fixture.facts.asked == 1)
            fixture.clock.advance(by: .milliseconds(1))
            _ = try await fixture.metrics()
            #expect(fixture.facts.asked == 2)
        }
    }

    @Test func openMetricsIsAnsweredWhereItIsAskedFor() async throws {
        try await APIFixture.with { fixture in
            try await fixture.list([item("a")])
            let plain = try await fixture.get("/metrics")
            #expect(plain.fields["content-type"] == "text/plain; version=0.0.4; charset=utf-8")
            let open = try await fixture.get(
                "/metrics",
                ["Accept": "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3"]
            )
            #expect(open.fields["content-type"] == "application/openmetrics-text; version=1.0.0; charset=utf-8")
            #expect(open.text.hasSuffix("# EOF\n"))
            #expect(open.text.contains("# TYPE clusterlink_cluster_polls counter\nclusterlink_cluster_polls_total{"))
            #expect(plain.text.contains("# TYPE clusterlink_cluster_polls_total counter\n"))
        }
    }
}

extension APIFixture {
    fileprivate func metrics() async throws -> [String] {
        try await get("/metrics").text.split(separator: "\n").map(String.init)
    }

    fileprivate func readTasks(of name: String, _ tasks: JSONValue) async {
        guard let id = ClusterLinkID("id-" + name) else { return }
        await store.record(TaskReading(tasks), of: .id(id), on: Self.cluster, at: clock.now())
    }
}
