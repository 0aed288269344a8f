import Digests
import Foundation

extension Configuration {
    /// Reads and checks a file, and every secret and certificate it names.
    ///
    /// Nothing is started or changed. Blocks for as long as the file system does.
    /// - Parameters:
    ///   - path: shown in findings as it is given; relative paths of secrets and certificates begin in its folder.
    ///   - environment: where `${NAME}` is looked up.
    /// - Returns: the checked configuration with its warnings and its checksum.
    /// - Throws: all problems of the file at once.
    package static func load(
        path: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ConfigurationErrors) -> Configuration {
        let file: [UInt8]
        do throws(BoundedFile.Failure) {
            file = try BoundedFile.read(path, limit: SourceText.maximumBytes, regularOnly: false).bytes
        } catch {
            let finding = ConfigurationFinding(
                file: path,
                position: .start,
                sentence: "cannot read the configuration: \(error)"
            )
            throw ConfigurationErrors(problems: [finding], reason: .unreadable)
        }
        return try read(file, file: path, environment: environment)
    }

    /// The same for a text that is there already, as `file`.
    package static func read(
        yaml: String,
        file: String,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(ConfigurationErrors) -> Configuration {
        try read(Array(yaml.utf8), file: file, environment: environment)
    }

    private static func read(
        _ bytes: [UInt8],
        file: String,
        environment: [String: String]
    ) throws(ConfigurationErrors) -> Configuration {
        let reading = ConfigurationReading(file: file, environment: environment)
        let source: SourceText
        do throws(SourceText.Refusal) {
            source = try SourceText(bytes)
        } catch {
            throw refusal(error, reading, .unreadable)
        }
        let root: YAMLNode?
        do throws(SourceText.Refusal) {
            var parsing = YAMLParsing(source)
            var composer = YAMLComposer(try parsing.parse(), reading: reading)
            root = composer.compose()
        } catch {
            throw refusal(error, reading, .syntax)
        }

        var configuration = Configuration()
        let document = root ?? YAMLNode(position: .start, content: .mapping([]))
        if let section = Setting(node: document, path: .root, reading: reading).section() {
            configuration = Configuration(reading: section)
        }
        guard reading.problems.isEmpty else {
            throw ConfigurationErrors(problems: ConfigurationReading.sorted(reading.problems), reason: .invalid)
        }
        configuration.warnings = ConfigurationReading.sorted(reading.warnings)
        configuration.checksum = SHA256.digest(of: Array(bytes)).hexadecimal
        return configuration
    }

    private static func refusal(
        _ refusal: SourceText.Refusal,
        _ reading: ConfigurationReading,
        _ reason: ConfigurationErrors.Reason
    ) -> ConfigurationErrors {
        reading.refuse(refusal.sentence, at: refusal.position)
        return ConfigurationErrors(problems: ConfigurationReading.sorted(reading.problems), reason: reason)
    }
}
