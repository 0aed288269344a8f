import ExactJSON
import Foundation
import InventoryAPI
import Testing

struct InterfaceDocumentTests {
    /// A method and the template of a path: `GET /api/v1/links`.
    private typealias Operation = String

    private func text() throws -> String {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        let file = folder.deletingLastPathComponent().appending(path: "docs/api.md")
        return try String(contentsOf: file, encoding: .utf8)
    }

    /// Those of the table at the beginning, where several paths follow one method.
    private func documented() throws -> Set<Operation> {
        var operations: Set<Operation> = []
        for line in try text().split(separator: "\n") {
            guard let row = line.firstMatch(of: #/^\| (`[A-Z]+ \/.*?) \|/#) else { continue }
            var method = ""
            for span in row.1.matches(of: #/`(?:([A-Z]+) )?(\/[^`]*)`/#) {
                if let given = span.1 { method = String(given) }
                operations.insert("\(method) \(span.2)")
            }
        }
        return operations
    }

    private func served(by fixture: APIFixture) async throws -> Set<Operation> {
        let description = try JSONValue(parsing: try await fixture.get("/openapi.json").body)
        let paths = try #require(description.object?["paths"]?.object)
        var operations: Set<Operation> = []
        for path in paths.members {
            for item in path.value.object?.members ?? [] where item.value.object?["operationId"] != nil {
                operations.insert("\(item.name.uppercased()) \(path.name)")
            }
        }
        return operations
    }

    @Test func `every route is in the table, and nothing is that is not served`() async throws {
        try await APIFixture.with { fixture in
            let served = try await served(by: fixture)
            let documented = try documented()
            #expect(served.subtracting(documented).sorted() == [])
            // The page is not a part of the interface.
            #expect(documented.subtracting(served).sorted() == ["GET /", "GET /assets/…"])
        }
    }

    @Test func `every route is shown with a request`() async throws {
        // Lines that go on are joined.
        let shown = try text().replacing("\\\n", with: " ").matches(of: #/\$ curl ([^\n]*)/#).map(\.1)
        let requests = shown.compactMap { line -> Operation? in
            guard let path = line.firstMatch(of: #/127\.0\.0\.1:8080([^'"\s?]*)/#) else { return nil }
            return "\(line.firstMatch(of: #/-X ([A-Z]+)/#)?.1 ?? "GET") \(path.1)"
        }
        let aliases = ["GET /-/healthy": "GET /livez", "GET /healthz": "GET /readyz", "GET /-/ready": "GET /readyz"]
        try await APIFixture.with { fixture in
            for operation in try await served(by: fixture) {
                let template = (aliases[operation] ?? operation).replacing(#/\{[^}]*\}/#, with: "[^/]+")
                let pattern = try Regex("^" + template + "$")
                #expect(requests.contains { $0.firstMatch(of: pattern) != nil }, "\(operation)")
            }
        }
    }

    @Test func `every type of a problem is documented, and nothing is that does not exist`() throws {
        let rows = try text().split(separator: "\n").compactMap { $0.firstMatch(of: #/^\| (`\/problems\/.*?) \|/#)?.1 }
        let documented = rows.flatMap { $0.matches(of: #/`(\/problems\/[a-z-]+)`/#).map { String($0.1) } }
        #expect(Set(documented).count == documented.count)
        let known = Set(ProblemType.allCases.map(\.reference))
        #expect(known.subtracting(documented).sorted() == [])
        #expect(Set(documented).subtracting(known).sorted() == [])
    }
}
