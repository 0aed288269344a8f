import Foundation
import Testing

@testable import LinkWatch

/// The shipped configuration of Litestream, and what the README says of it.
struct LitestreamConfigurationTests {
    @Test func `it is read, and has the keys that Litestream knows`() throws {
        let root = try root()
        #expect(root.keys == ["snapshot", "dbs"])
        #expect(root["snapshot"]?.keys == ["interval", "retention"])
        guard case .sequence(let databases) = root["dbs"]?.content, let database = databases.first else {
            return #expect(Bool(false), "dbs is a list")
        }
        #expect(databases.count == 1)
        #expect(database.keys == ["path", "busy-timeout", "replica"])
        #expect(database["path"]?.text == "${LINKWATCH_DATABASE}")
        #expect(database["replica"]?.keys == ["url", "sync-interval"])
        #expect(database["replica"]?["url"]?.text == "${LINKWATCH_REPLICA_URL}")
    }

    @Test func `the document names every variable, the retention and how to restore`() throws {
        let document = try String(contentsOf: Self.repository.appending(path: "docs/operations.md"), encoding: .utf8)
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        let variables = text.matches(of: /(LINKWATCH|LITESTREAM)_[A-Z_]+/).map { String($0.output.0) }
        #expect(Set(variables).count == 4)
        for mention in variables + ["deploy/litestream.yml", "litestream restore", "linkwatch verify", "sync-interval"]
        {
            #expect(document.contains(mention), "\(mention)")
        }
        let retention = try #require(try root()["snapshot"]?["retention"]?.text?.dropLast())
        #expect(document.contains("\(try #require(Int(retention)) / 24) days"))
    }

    @Test func `no secret is in it`() throws {
        let text = try String(contentsOf: Self.file, encoding: .utf8)
        let settings = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        #expect(!settings.contains { $0.contains("key") || $0.contains("secret") || $0.contains("password") })
    }

    static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()
    static let file = repository.appending(path: "deploy/litestream.yml")

    private func root() throws -> YAMLNode {
        let reading = ConfigurationReading(file: "litestream.yml", environment: [:])
        var parsing = YAMLParsing(try SourceText(Array(Data(contentsOf: Self.file))))
        var composer = YAMLComposer(try parsing.parse(), reading: reading)
        let root = composer.compose()
        return try #require(root)
    }
}

extension YAMLNode {
    fileprivate var keys: [String] {
        guard case .mapping(let entries) = content else { return [] }
        return entries.map(\.key)
    }

    fileprivate var text: String? {
        guard case .scalar(let text, _) = content else { return nil }
        return text
    }

    fileprivate subscript(key: String) -> YAMLNode? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key == key }?.value
    }
}
