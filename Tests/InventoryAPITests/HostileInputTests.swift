import ClusterLinks
import ExactJSON
import Foundation
import Inventory
import Testing

/// What no route may stumble over, thrown at every route of the description: a problem says what is allowed, and nothing
/// is ever an internal error.
struct HostileInputTests {
    private static let names = [
        "x/y", "two words", "..", ".", "schön", "漢字 😀", "50%", "q?#&=+;", "\"quoted\" \\ 'name'", "<b>", "a\tb",
        String(repeating: "n", count: 300),
    ]

    /// Names that nobody has, and bytes that are no name.
    private static let nobody = [
        "%00", "a%00b", "%FF", "%C3%28", "%ED%A0%80", "%", "%Z1", "%2", "%2E%2E%2F%2E%2E%2Fetc%2Fpasswd", "none",
        String(repeating: "%F0%9F%98%80", count: 300), "%0D%0AX-Evil:%201", "%20", "-1", "null", "'%20OR%201=1--",
    ]

    @Test func aBadValueOfAnyParameterIsRefused() async throws {
        try await Self.withOperations { operations, ask in
            for operation in operations where operation.method == "GET" {
                for (name, schema) in operation.parameters {
                    let name = name == "label." ? "label.env" : name
                    for value in DescribedOperation.badValues(of: name, schema) {
                        try ask.refused(operation, operation.target() + "?" + operation.query(name, value))
                    }
                    for value in ["%00", "%FF", "%2C", ",", "%22%27%3B--", String(repeating: "x", count: 300), "%"] {
                        try ask.sound(operation, operation.target() + "?" + operation.query(name, value))
                    }
                    let twice = "\(operation.query(name, "x"))&\(name)=x"
                    try ask.refused(operation, operation.target() + "?" + twice)
                }
                for query in ["nope=1", "=", "%F0=1", "a=%", "Limit=1", "limit[]=1", "nope", "%00=1"] {
                    try ask.refused(operation, operation.target() + "?" + query)
                }
            }
        }
    }

    @Test func spansAreInOrderAndMomentsNotAhead() async throws {
        try await Self.withOperations { operations, ask in
            for operation in operations where operation.method == "GET" {
                let names = Set(operation.parameters.map(\.name))
                if names.isSuperset(of: ["from", "to"]) {
                    let query = "from=2027-01-15T08:00:30Z&to=2027-01-15T08:00:00Z"
                    try ask.refused(operation, operation.target() + "?" + query)
                }
                if names.contains("at") {
                    // The clock of the test stands at 08:01:00.
                    try ask.refused(operation, operation.target() + "?at=2027-01-15T08:01:05.001Z")
                    try ask.refused(operation, operation.target() + "?at=9999-12-31T23:59:59Z")
                    try ask.answered(operation, operation.target() + "?at=2027-01-15T08:01:05Z")
                    try ask.sound(operation, operation.target() + "?at=0001-01-01T00:00:00Z")
                }
            }
        }
    }

    @Test func aCursorOfAnotherListIsRefused() async throws {
        try await Self.withOperations { operations, ask in
            let paged = operations.filter { $0.method == "GET" && $0.parameters.contains { $0.name == "cursor" } }
            var cursors: [(path: String, cursor: String)] = []
            for operation in paged {
                let answer = try ask.get(operation.target() + "?" + operation.query("limit", "1"))
                if let cursor = answer.nextCursor { cursors.append((operation.path, cursor)) }
            }
            #expect(cursors.count > 2)
            for operation in paged {
                for (path, cursor) in cursors where path != operation.path {
                    try ask.refused(operation, operation.target() + "?" + operation.query("cursor", cursor))
                }
                for (path, cursor) in cursors where path == operation.path {
                    let query = operation.query("cursor", cursor + "A")
                    try ask.refused(operation, operation.target() + "?" + query)
                }
            }
        }
    }

    @Test func everyNameIsReachedAndEveryOtherIsAProblem() async throws {
        try await Self.withOperations { operations, ask in
            for operation in operations where operation.path.contains("{") && !operation.isPassedOn {
                let query = operation.required.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
                let tail = query.isEmpty ? "" : "?" + query
                if operation.path.contains("{link_name}"), operation.method == "GET" {
                    for name in Self.names {
                        try ask.answered(operation, operation.target(link: name.escaped) + tail)
                    }
                }
                for name in Self.nobody {
                    if operation.path.contains("{cluster_id}") {
                        try ask.absent(operation, operation.target(cluster: name) + tail)
                    }
                    if !operation.path.hasSuffix("{cluster_id}"), operation.path.split(separator: "{").count > 1,
                        !operation.path.contains("{cluster_id}") || operation.path.contains("{link_name}")
                    {
                        try ask.absent(operation, operation.target(link: name) + tail)
                    }
                }
            }
        }
    }

    @Test func noBodyIsTooOdd() async throws {
        try await Self.withOperations { operations, ask in
            for operation in operations where !["GET", "HEAD"].contains(operation.method) {
                for body in ["", "{", "[]", "null", "7", "\"x\"", "{}{}", #"{"a":1,"a":2}"#, "\u{0}", "\u{FEFF}{}"] {
                    try ask.sound(operation, operation.target(), body: body)
                }
            }
        }
    }

    /// Links with every name, of which one has a past, and what is described; asked on a thread of its own.
    private static func withOperations(
        _ body: @escaping @Sendable ([DescribedOperation], inout Asking) throws -> Void
    ) async throws {
        try await APIFixture.with { fixture in
            for error in ["", "TIMEOUT_ERROR", ""] {
                let items = (["orders"] + names).enumerated().map { number, name in
                    item(name, ["cluster_link_id": .string("id-\(number)"), "link_error": .string(error)])
                }
                try await fixture.list(items)
                fixture.clock.advance(by: .seconds(20))
            }
            await fixture.store.storeSightings()
            let port = fixture.client.port
            let differences: Result<[String], any Error> = await withCheckedContinuation { continuation in
                Thread.detachNewThread {
                    continuation.resume(
                        returning: Result {
                            var asking = try Asking(port: port)
                            let document = try asking.get("/openapi.json").json
                            try body(DescribedOperation.all(in: document), &asking)
                            return asking.differences
                        }
                    )
                }
            }
            let found = try differences.get()
            if !found.isEmpty { Issue.record("\(found.count):\n\(found.prefix(20).joined(separator: "\n"))") }
        }
    }
}

/// Asks, and notes what was not answered as it has to be.
struct Asking {
    private let port: UInt16
    private var connection: LastingConnection
    private(set) var differences: [String] = []

    init(port: UInt16) throws {
        self.port = port
        connection = try LastingConnection(port: port)
    }

    mutating func get(_ target: String, method: String = "GET", body: String? = nil) throws -> Answer {
        var fields: [String: String] = [:]
        if body != nil { fields = ["Content-Type": "application/json"] }
        let answer = try connection.get(target, method: method, fields: fields, body: body)
        // A stream goes on for ever, and a refusal may end the connection.
        if answer.fields["content-length"] == nil || answer.fields["connection"] == "close" {
            connection = try LastingConnection(port: port)
        }
        return answer
    }

    /// Whatever it is, it is no internal error, and what is refused is a problem that tells why.
    @discardableResult
    mutating func sound(_ operation: DescribedOperation, _ target: String, body: String? = nil) throws -> Answer {
        let answer = try get(target, method: operation.method, body: operation.method == "GET" ? nil : body ?? "{}")
        let isExpected = answer.status < 500 || answer.status == 503 && operation.isConfluent
        if !isExpected { note(operation, target, answer, "an internal error") }
        guard answer.status >= 400 else { return answer }
        let problem = ["type", "title", "status", "detail", "instance"]
        let members = operation.isConfluent ? ["error_code", "message"] : problem
        let type = operation.isConfluent ? "application/json" : "application/problem+json"
        if answer.fields["content-type"] != type { note(operation, target, answer, "not \(type)") }
        for member in members where answer.json[member] == nil { note(operation, target, answer, "no \(member)") }
        if !operation.isConfluent {
            if answer.json["status"] != .int(answer.status) { note(operation, target, answer, "another status") }
            if answer.json["detail"]?.string?.isEmpty ?? true { note(operation, target, answer, "nothing is said") }
        }
        return answer
    }

    mutating func refused(_ operation: DescribedOperation, _ target: String) throws {
        let answer = try sound(operation, target)
        if answer.status != 400 { note(operation, target, answer, "expected 400") }
    }

    mutating func answered(_ operation: DescribedOperation, _ target: String) throws {
        let answer = try sound(operation, target)
        if answer.status != 200 { note(operation, target, answer, "expected 200") }
    }

    mutating func absent(_ operation: DescribedOperation, _ target: String) throws {
        let answer = try sound(operation, target)
        if ![400, 404].contains(answer.status) { note(operation, target, answer, "expected 404 or 400") }
    }

    private mutating func note(_ operation: DescribedOperation, _ target: String, _ answer: Answer, _ why: String) {
        let told = "\(answer.status) \(answer.text.prefix(200))"
        differences.append("\(operation.method) \(target.prefix(300)): \(told): \(why)")
    }
}
