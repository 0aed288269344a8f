import Measuring
import Testing

struct ReportTests {
    private static func wrk(_ total: String, _ trouble: String = "") -> String {
        """
        Running 5s test @ http://127.0.0.1:8080/
          2 threads and 64 connections
          Thread Stats   Avg      Stdev     Max   +/- Stdev
            Latency     1.15ms    1.02ms  20.59ms   91.42%
            Req/Sec    29.61k     4.20k   36.00k    70.00%
          \(total)\(trouble)
        Requests/sec:  58924.33
        Transfer/sec:     16.86MB
        """
    }

    @Test(arguments: [
        ("297052 requests in 5.04s, 85.00MB read", 297_052, Duration.milliseconds(5040)),
        ("7 requests in 1.50m, 1.00KB read", 7, .seconds(90)),
        ("9 requests in 100.00ms, 1.00KB read", 9, .milliseconds(100)),
    ])
    func `wrk's requests and time are read`(total: String, requests: Int, duration: Duration) throws {
        let report = try WrkReport(parsing: Self.wrk(total))
        #expect(report.requests == requests)
        #expect(report.duration == duration)
    }

    @Test(arguments: [
        "Non-2xx or 3xx responses: 3",
        "Socket errors: connect 0, read 1, write 0, timeout 0",
    ])
    func `a round with errors does not count`(line: String) {
        #expect(throws: MeasuringError.failedRequests(line: line)) {
            try WrkReport(parsing: Self.wrk("297052 requests in 5.04s, 85.00MB read", "\n  \(line)"))
        }
    }

    @Test(arguments: ["", "unable to connect to 127.0.0.1:1 Connection refused", "0 requests in 5.00s, 0.00B read"])
    func `what is no report is refused`(text: String) {
        #expect(throws: MeasuringError.self) { try WrkReport(parsing: text) }
    }

    @Test func `private memory is what is not shared`() throws {
        let text = """
            55d0c0000000-7ffd00000000 ---p 00000000 00:00 0                          [rollup]
            Rss:               43000 kB
            Shared_Clean:       3000 kB
            Private_Clean:      1000 kB
            Private_Dirty:     39000 kB
            Private_Hugetlb:       0 kB
            """
        #expect(try MemoryRollup(parsing: text).privateBytes == 40_000 * 1024)
        #expect(throws: MeasuringError.self) { try MemoryRollup(parsing: "Rss: 1 kB") }
    }
}
