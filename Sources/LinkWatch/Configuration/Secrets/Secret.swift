/// A password or token that prints as `<redacted>` wherever it ends up: in a log, a dump or an error.
///
/// Either a value, or the file it stands in, which is read again when it changed.
package struct Secret: Sendable, Equatable {
    private enum Source: Sendable, Equatable {
        case value(String)
        case file(SecretFile)
    }

    private let source: Source

    /// - Parameter value: the secret itself; ends of lines at its end are not part of it.
    package init(_ value: String) {
        source = .value(SecretFile.trimmed(value))
    }

    /// - Parameter path: where the secret stands, alone in a file. The file is not looked at yet.
    package init(file path: String) {
        source = .file(SecretFile(path: path))
    }

    /// The file it comes from, nil for a value.
    package var path: String? {
        guard case .file(let file) = source else { return nil }
        return file.path
    }

    /// The secret as it is now.
    ///
    /// May read a small file, so it blocks for as long as the file system does.
    package func reveal() throws(SecretError) -> String {
        switch source {
        case .value(let value): try SecretFile.checked(value, path: nil)
        case .file(let file): try file.contents()
        }
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    package var description: String { "<redacted>" }
    package var debugDescription: String { "<redacted>" }
    package var customMirror: Mirror { Mirror(self, children: []) }
}
