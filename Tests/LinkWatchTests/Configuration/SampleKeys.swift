import Testing

@testable import LinkWatch

/// The keys that the reader of the configuration asked for in a file that gives all it can, by their paths: `clusters[].id`.
struct SampleKeys {
    /// What may be given.
    let known: Set<String>
    /// What the sample gives, also where that is commented out, with the values of scalars.
    private(set) var given: [String: String?] = [:]

    init() throws {
        (known, given) = try withFolder { folder in
            let text = try fullSample(in: folder)
            var parsing = YAMLParsing(try SourceText(Array(text.utf8)))
            let reading = ConfigurationReading(file: "c.yaml", environment: ["CONFLUENT_API_KEY": "key"])
            var composer = YAMLComposer(try parsing.parse(), reading: reading)
            let composed = composer.compose()
            let root = try #require(composed)
            let section = try #require(Setting(node: root, path: .root, reading: reading).section())
            _ = Configuration(reading: section)
            #expect(reading.problems == [])
            var given: [String: String?] = [:]
            Self.collect(root, path: "", into: &given)
            return (reading.knownKeys, given)
        }
    }

    private static func collect(_ node: YAMLNode, path: String, into keys: inout [String: String?]) {
        switch node.content {
        case .scalar, .refused: break
        case .sequence(let items): items.forEach { collect($0, path: path + "[]", into: &keys) }
        case .mapping(let entries):
            for entry in entries {
                let key = path.isEmpty ? entry.key : "\(path).\(entry.key)"
                if case .scalar(let text, _) = entry.value.content {
                    keys[key] = text
                } else {
                    keys[key] = .some(nil)
                }
                collect(entry.value, path: key, into: &keys)
            }
        }
    }
}
