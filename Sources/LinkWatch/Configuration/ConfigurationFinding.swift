/// Something to say about one place of a configuration file: a problem that refuses it, or a warning that does not.
///
/// Its description is one line in the form that editors and compilers share:
/// `config.yaml:12:5: clusters[0].endpont: unknown key; did you mean endpoint?`. It never holds a secret's value, nor a
/// value that came from the environment.
package struct ConfigurationFinding: Sendable, Equatable, CustomStringConvertible {
    /// The file as the caller named it.
    package let file: String
    /// Counted from 1.
    package let line: Int
    /// Counted from 1, in Unicode scalars.
    package let column: Int
    /// The way from the root, such as `clusters[2].auth.basic.password_file`; empty for the document itself.
    package let keyPath: String
    /// What is wrong, in lower case, with the remedy where there is one.
    package let sentence: String
    /// The nearest right spelling of a misspelt key or word.
    package let suggestion: String?

    package var description: String {
        let place = "\(file):\(line):\(column): "
        let subject = keyPath.isEmpty ? "" : "\(keyPath): "
        let hint = suggestion.map { "; did you mean \($0)?" } ?? ""
        return place + subject + sentence + hint
    }

    init(
        file: String,
        position: SourcePosition,
        keyPath: SettingPath = .root,
        sentence: String,
        suggestion: String? = nil
    ) {
        self.file = file
        self.line = position.line
        self.column = position.column
        self.keyPath = keyPath.description
        self.sentence = sentence
        self.suggestion = suggestion
    }
}
