/// One pass over one file: what it is read with, and everything found on the way.
///
/// Not `Sendable`: it lives inside one call of `Configuration.read`.
final class ConfigurationReading {
    let file: String
    /// Relative paths of secrets and certificates begin in the folder of the file.
    let folder: String
    let environment: [String: String]
    private(set) var problems: [ConfigurationFinding] = []
    private(set) var warnings: [ConfigurationFinding] = []

    /// The shapes of all paths that were asked for: what a file may say, as far as this one leads there.
    private(set) var knownKeys: Set<String> = []

    init(file: String, environment: [String: String]) {
        self.file = file
        self.folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? ""
        self.environment = environment
    }

    func refuse(
        _ sentence: String,
        at position: SourcePosition,
        _ path: SettingPath = .root,
        suggestion: String? = nil
    ) {
        problems.append(
            ConfigurationFinding(
                file: file,
                position: position,
                keyPath: path,
                sentence: sentence,
                suggestion: suggestion
            )
        )
    }

    func warn(_ sentence: String, at position: SourcePosition, _ path: SettingPath = .root) {
        warnings.append(ConfigurationFinding(file: file, position: position, keyPath: path, sentence: sentence))
    }

    func note(_ path: SettingPath) {
        knownKeys.insert(path.shape)
    }

    func resolved(_ path: String) -> String {
        path.hasPrefix("/") ? path : folder + path
    }

    /// In the order of the file; what is found at one place stays in the order of finding.
    static func sorted(_ findings: [ConfigurationFinding]) -> [ConfigurationFinding] {
        findings.enumerated()
            .sorted {
                ($0.element.line, $0.element.column, $0.offset) < ($1.element.line, $1.element.column, $1.offset)
            }
            .map(\.element)
    }
}
