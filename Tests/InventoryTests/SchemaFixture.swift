import ClusterLinks
import ExactJSON
import Foundation
import GRDB
import Inventory
import Logging

/// A database that a released schema wrote, kept as a file, with what the inventory of that time answered about it.
struct SchemaFixture: Sendable, CustomStringConvertible {
    /// The name of both files in `Fixtures`, without their extensions.
    let name: String

    /// One for each schema that was ever released, oldest first; of the second, both forms that its step wrote.
    static let released = ["schema-1", "schema-2", "schema-2-messages", "schema-3", "schema-4", "schema-5"]
        .map(SchemaFixture.init(name:))

    private static let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")

    var description: String { name }

    private var database: URL { Self.folder.appending(path: name + ".db") }

    private var answersFile: URL { Self.folder.appending(path: name + ".json") }

    /// What the answers' file holds.
    struct Record {
        /// The instant that was asked at.
        let now: Instant
        /// The migrations that made the schema.
        let schema: [String]
        let answers: JSONValue

        init(now: Instant, schema: [String], answers: JSONValue) {
            (self.now, self.schema, self.answers) = (now, schema, answers)
        }

        init(parsing text: String) throws {
            let members = try JSONValue(parsing: text).object
            guard let now = members?["now"]?.string.flatMap({ Instant(rfc3339: $0) }),
                let schema = members?["schema"]?.array?.compactMap(\.string), let answers = members?["answers"]
            else { throw CocoaError(.fileReadCorruptFile) }
            self.init(now: now, schema: schema, answers: answers)
        }

        var json: JSONValue {
            [
                "answers": answers, "now": .string(now.description), "schema": .array(schema.map(JSONValue.string)),
            ]
        }
    }

    func record() throws -> Record { try Record(parsing: String(contentsOf: answersFile, encoding: .utf8)) }

    /// Lends a copy of the file, which may be migrated and written.
    func withCopy<Result>(_ body: (Copy) async throws -> Result) async throws -> Result {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: name + ".db")
            try FileManager.default.copyItem(at: database, to: path)
            return try await body(Copy(path: path.path, now: try record().now))
        }
    }

    /// Writes both files with the code as it is; neither may be there yet.
    func write() async throws {
        try await withTemporaryFolder { folder in
            let path = folder.appending(path: name + ".db").path
            let copy = Copy(path: path, now: try await FixtureHistory.write(to: path))
            let record = try await copy.opened { inventory in
                Record(
                    now: copy.now,
                    schema: try inventory.database.facts().schema,
                    answers: try await InventoryAnswers(inventory, now: copy.now).all()
                )
            }
            try FileManager.default.copyItem(at: URL(filePath: path), to: database)
            try Data((record.json.readable + "\n").utf8).write(to: answersFile, options: .withoutOverwriting)
        }
    }
}

extension SchemaFixture {
    /// A file of a fixture's content, asked at the instant of its answers.
    struct Copy {
        let path: String
        let now: Instant

        /// One life of the service, whose configuration is the stored one.
        func opened<Result>(_ body: (InventoryStore) async throws -> Result) async throws -> Result {
            let inventory = try InventoryStore(
                database: InventoryDatabase(path: path),
                time: HandClock(now.milliseconds),
                logger: Logger(label: "test")
            )
            let result = try await body(inventory)
            try await inventory.close()
            return result
        }

        /// The migrations that the file has seen, read without opening it as an inventory.
        func migrations() throws -> [String] {
            try withFile { file in
                try file.read { try String.fetchAll($0, sql: "SELECT identifier FROM grdb_migrations ORDER BY 1") }
            }
        }

        /// The rules that the rows break.
        func violations() throws -> [String] { try withFile { try StoredInvariants($0).violations } }

        private func withFile<Result>(_ body: (DatabaseQueue) throws -> Result) throws -> Result {
            let file = try DatabaseQueue(path: path)
            let result = try body(file)
            try file.close()
            return result
        }
    }
}
