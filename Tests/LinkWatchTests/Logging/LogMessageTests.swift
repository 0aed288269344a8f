import Foundation
import Testing

/// The messages in the sources and those in docs/logging.md: the same, constant, and with dotted keys.
struct LogMessageTests {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private struct Source {
        let name: String
        let text: String
    }

    private static func sources() throws -> [Source] {
        let folder = root.appending(path: "Sources")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        let paths = files?.compactMap { $0 as? URL } ?? []
        return try paths.filter { $0.pathExtension == "swift" }
            .map { Source(name: $0.lastPathComponent, text: try String(contentsOf: $0, encoding: .utf8)) }
            .filter { $0.text.contains("import Logging") }
    }

    /// What is said at each level, between the quotes.
    private static func messages(_ source: Source) -> [String] {
        let call =
            #/(?:logger\.(?:trace|debug|info|notice|warning|error|critical|log)|write)\(\s*(?:(?:level:[^"]*?|\.warning),\s*)?"((?:[^"\\]|\\.)*)"/#
        return source.text.matches(of: call).map { String($0.1) }
    }

    @Test func `every message is constant and documented, and every documented one is said`() throws {
        let sources = try Self.sources()
        let said = Set(sources.flatMap(Self.messages))
        #expect(said.count > 30)
        #expect(said.filter { $0.contains("\\(") } == [])
        let document = try String(contentsOf: Self.root.appending(path: "docs/logging.md"), encoding: .utf8)
        let rows = document.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }
        let documented = rows.compactMap { row -> String? in
            let cell = row.split(separator: "|", omittingEmptySubsequences: false).dropFirst(2).first ?? ""
            let text = cell.trimmingCharacters(in: .whitespaces)
            guard text.hasPrefix("`") else { return nil }
            return text.hasPrefix("``") ? String(text.dropFirst(2).dropLast(2)) : String(text.dropFirst().dropLast())
        }
        #expect(said.subtracting(documented).sorted() == [], "not documented")
        #expect(Set(documented).subtracting(said).sorted() == [], "never said")
        #expect(documented.count == Set(documented).count)
    }

    @Test func `every key has dots and is documented`() throws {
        let document = try String(contentsOf: Self.root.appending(path: "docs/logging.md"), encoding: .utf8)
        var keys: Set<String> = []
        for source in try Self.sources() {
            for part in source.text.components(separatedBy: "metadata: [").dropFirst() {
                let entries = part.prefix { $0 != "]" }
                keys.formUnion(entries.matches(of: #/"([^"\\]+)": /#).map { String($0.1) })
            }
            keys.formUnion(source.text.matches(of: #/(?:metadata|facts)\["([^"]+)"\]/#).map { String($0.1) })
        }
        #expect(keys.count > 30)
        for key in keys.sorted() {
            #expect(key.contains(/^[a-z]+(\.[a-z_]+)+$/), "\(key)")
            #expect(document.contains("`\(key)`") || key.hasPrefix("outage."), "\(key) is not documented")
        }
    }
}
