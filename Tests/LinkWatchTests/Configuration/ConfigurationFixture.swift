import Foundation

@testable import LinkWatch

/// A folder of its own for a test, gone afterwards.
func withFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "linkwatch-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    return try body(folder + "/")
}

/// Writes a file that only its owner can read, unless said otherwise.
func write(_ text: String, to path: String, mode: Int = 0o600) throws {
    try Data(text.utf8).write(to: URL(filePath: path))
    try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
}

/// What is said about a text, one line each, as `c.yaml`; empty where it is accepted.
func problems(in yaml: String, environment: [String: String] = [:], file: String = "c.yaml") -> [String] {
    do throws(ConfigurationErrors) {
        _ = try Configuration.read(yaml: yaml, file: file, environment: environment)
        return []
    } catch {
        return error.problems.map(\.description)
    }
}

func configuration(_ yaml: String, environment: [String: String] = [:]) throws -> Configuration {
    try Configuration.read(yaml: yaml, file: "c.yaml", environment: environment)
}

/// The repository's folder of samples, with a slash at its end.
let sampleFolder =
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().path + "/config/"

/// The sample file of the repository.
func sample(_ name: String = "linkwatch.yaml") throws -> String {
    try String(contentsOf: URL(filePath: sampleFolder + name), encoding: .utf8)
}

/// The sample with every setting switched on that is commented out there, its files in `folder`.
///
/// Prose begins with `# `, a setting that is switched off with `#` and no or several spaces.
func fullSample(in folder: String) throws -> String {
    for name in [
        "orders-eu", "orders-dr", "alertmanager", "hook", "hook-token", "grafana", "on-call", "ca.pem", "client.pem",
        "client-key.pem",
    ] {
        try write("\(name)-0123456789abcdef\n", to: folder + name)
    }
    return try sample().replacing(#/(?m)^( *)#(?=[^\s#]|\ {2})/#) { "\($0.1)" }
        .replacing("/run/secrets/", with: folder)
        .replacing("/etc/linkwatch/", with: folder)
        .replacing("templates/", with: sampleFolder + "templates/")
}
