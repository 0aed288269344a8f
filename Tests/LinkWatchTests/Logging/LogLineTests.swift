import Dispatch
import ExactJSON
import Foundation
import Locking
import Logging
import Testing

@testable import LinkWatch

/// One line for each message, whatever is in it, and nobody who waits for it.
struct LogLineTests {
    @Test(arguments: [
        ("plain", "plain"), ("", #""""#), ("two words", #""two words""#), ("a=b", #""a=b""#), (#"a"b"#, #""a\"b""#),
        (#"a\b"#, #""a\\b""#), ("a\nb\r\tc", #""a\nb\r\tc""#), ("\u{0}\u{1B}[31m", #""\u0000\u001b[31m""#),
        ("\u{7F}\u{9B}\u{85}", #""\u007f\u009b\u0085""#), ("\u{2028}\u{202E}", #""\u2028\u202e""#),
        ("\u{E0001}", #""\udb40\udc01""#), ("grün:ü/1", "grün:ü/1"), ("{x}", "{x}"),
        (String(decoding: [0x61, 0xFF, 0x62], as: UTF8.self), "a\u{FFFD}b"),
    ])
    func `a value of logfmt is one word or quoted`(_ value: String, _ written: String) {
        #expect(LogText.logfmt(value) == written)
        let log = LogRecorder()
        log.logger(.json).notice("told", metadata: ["test.value": "\(value)"])
        let line = log.lines.first?.drop { $0 != "{" } ?? ""
        #expect((try? JSONValue(parsing: String(line)))?["test.value"].string == value)
    }

    @Test func `a line has time, level, message and what was said besides in order`() {
        let log = LogRecorder()
        log.logger(journal: false).warning("poll failed", metadata: ["poll.reason": "dns", "cluster.id": "lkc-1"])
        let line = log.lines.first ?? ""
        #expect(line.contains(/^time=[0-9T:.-]+Z level=warning msg="poll failed" cluster.id=lkc-1 poll.reason=dns\n$/))
    }

    @Test func `the journal is told the level before the line, and knows the time`() {
        let log = LogRecorder()
        log.logger().error("gone")
        log.logger().info("here")
        #expect(log.lines == ["<3>level=error msg=gone\n", "<6>level=info msg=here\n"])
    }

    @Test func `the journal is recognised by device and inode`() throws {
        var ends: [Int32] = [0, 0]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        var status = stat()
        try #require(fstat(ends[1], &status) == 0)
        #expect(JournalStream.isNamed(by: "\(status.st_dev):\(status.st_ino)", descriptor: ends[1]))
        #expect(!JournalStream.isNamed(by: "\(status.st_dev):\(status.st_ino + 1)", descriptor: ends[1]))
        #expect(!JournalStream.isNamed(by: nil, descriptor: ends[1]))
    }

    @Test func `a log that nobody reads keeps nobody waiting, and tells what it left out`() {
        let written = Locked<[String]>([])
        let (isBlocked, mayGoOn) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        let sink = LogSink(capacity: 1000) { line in
            if written.withLock({ $0.isEmpty }) {
                isBlocked.signal()
                mayGoOn.wait()
            }
            written.withLock { $0.append(line) }
        }
        let logger = Logger(label: "test") { _ in LineLogHandler(format: .logfmt, journal: true, to: sink) }
        logger.info("first")
        isBlocked.wait()
        for number in 0..<100 { logger.info("request", metadata: ["http.number": "\(number)"]) }
        logger.error("matters")
        sink.finish(within: .milliseconds(1))
        mayGoOn.signal()
        sink.finish(within: .seconds(10))
        logger.info("last")
        sink.finish(within: .seconds(10))
        let lines = written.withLock { $0 }
        let requests = lines.count { $0.contains("msg=request ") }
        #expect(requests > 5 && requests < 100)
        #expect(lines.contains { $0.contains("msg=matters") }, "the upper half is kept for it")
        let leftOut = lines.compactMap { $0.firstMatch(of: /lines_left_out=(\d+)/).flatMap { Int($0.1) } }
        #expect(leftOut.reduce(0, +) == 100 - requests, "\(lines)")
        #expect(lines.last?.contains("msg=last") == true)
    }
}
