/// Why a secret cannot be had.
///
/// Names the file, never what is in it.
package enum SecretError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file is not there, is no regular file, is too large, or the right to read it is missing.
    case unreadable(path: String, why: String)
    /// Nothing is left when the line's end is taken off; `path` is nil for a value given in the configuration.
    case empty(path: String?)
    /// It is no text, or holds a control character that could end an HTTP header early.
    case malformed(path: String?)

    package var description: String {
        switch self {
        case .unreadable(let path, let why):
            "cannot read the secret file \(Excerpt.shortened(path)): \(why); it has to be a file that linkwatch's user may read"
        case .empty(let path?): "the secret file \(Excerpt.shortened(path)) is empty; write the secret into it"
        case .empty(nil): "the secret is empty"
        case .malformed(let path?):
            "the secret file \(Excerpt.shortened(path)) must hold one line of text without control characters"
        case .malformed(nil): "the secret must be one line of text without control characters"
        }
    }

    /// A bounded word for metric labels.
    package var reason: String {
        switch self {
        case .unreadable: "secret_unreadable"
        case .empty: "secret_empty"
        case .malformed: "secret_malformed"
        }
    }
}
