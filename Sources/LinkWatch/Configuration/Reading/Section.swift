/// A mapping that is asked for its keys; whatever was not asked for when it is closed is an unknown key.
///
/// So the code that reads a section is the only list of its keys.
final class Section {
    let position: SourcePosition
    let path: SettingPath
    let reading: ConfigurationReading
    private let entries: [YAMLNode.Entry]
    private var asked: [String] = []

    init(at position: SourcePosition, path: SettingPath, entries: [YAMLNode.Entry], reading: ConfigurationReading) {
        self.position = position
        self.path = path
        self.entries = entries
        self.reading = reading
    }

    /// The value of a key, nil where the file does not have it.
    subscript(_ key: String) -> Setting? {
        if !asked.contains(key) {
            asked.append(key)
            reading.note(path.key(key))
        }
        guard let entry = entries.first(where: { $0.key == key }) else { return nil }
        return Setting(node: entry.value, path: path.key(key), reading: reading)
    }

    func required(_ key: String) -> Setting? {
        if let setting = self[key] { return setting }
        refuse("is required", key)
        return nil
    }

    /// The sections of a list, in order, those left out that are no mappings.
    func sections(_ key: String) -> [Section] {
        self[key]?.items()?.compactMap { $0.section() } ?? []
    }

    /// Says something about a key that is not there.
    func refuse(_ sentence: String, _ key: String) {
        reading.refuse(sentence, at: position, path.key(key))
    }

    /// Every key as a setting, for mappings whose keys are the user's own.
    var all: [(key: String, keyPosition: SourcePosition, setting: Setting)] {
        asked += entries.map(\.key)
        return entries.map {
            ($0.key, $0.keyPosition, Setting(node: $0.value, path: path.key($0.key), reading: reading))
        }
    }

    /// Refuses what nobody asked for.
    func close() {
        let missing = asked.filter { key in !entries.contains { $0.key == key } }
        for entry in entries where !asked.contains(entry.key) {
            // A key that is not there yet is likelier meant than one that is.
            let suggestion =
                EditDistance.nearest(to: entry.key, among: missing) ?? EditDistance.nearest(to: entry.key, among: asked)
            reading.refuse("unknown key", at: entry.keyPosition, path.key(entry.key), suggestion: suggestion)
        }
    }
}
