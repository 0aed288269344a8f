/// Every problem of a configuration file, in the order of the file; there is always at least one.
package struct ConfigurationErrors: Error, Sendable, Equatable, CustomStringConvertible {
    /// Sorted by line and column.
    package let problems: [ConfigurationFinding]

    /// One line for each problem.
    package var description: String {
        problems.map(\.description).joined(separator: "\n")
    }

    /// A bounded word for metric labels: `unreadable`, `syntax` or `invalid`.
    package let reason: Reason

    /// How far the reading of a refused file came.
    package enum Reason: String, Sendable {
        /// The file could not be read, or holds no UTF-8 text.
        case unreadable
        /// The text is not one YAML document.
        case syntax
        /// The document breaks a rule of the configuration.
        case invalid
    }
}
