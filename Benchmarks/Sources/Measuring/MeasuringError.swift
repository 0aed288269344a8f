/// Why something that was read is no figure.
package enum MeasuringError: Error, Equatable, CustomStringConvertible {
    /// A program or a file says something that is not understood.
    case unreadable(program: String, text: String)
    /// A figure is missing, or there is more than one of a name.
    case figures(name: String, count: Int)
    /// Some requests of a round were refused or broke off, so that the round says nothing.
    case failedRequests(line: String)
    /// A line of an answer's head is none.
    case notHTTP(line: String)
    /// An answer does not say how long it is.
    case noLength(status: Int)
    /// More came than was asked for.
    case unexpectedBytes(count: Int)

    package var description: String {
        switch self {
        case .unreadable(let program, let text): "\(program) says what is not understood: \(text)"
        case .figures(let name, let count): "there are \(count) figures \(name), and there must be one"
        case .failedRequests(let line): "a round does not count, because wrk says: \(line)"
        case .notHTTP(let line): "the answer's head is not HTTP/1: \(line)"
        case .noLength(let status): "an answer of status \(status) has no Content-Length"
        case .unexpectedBytes(let count): "\(count) bytes came after the end of the answer"
        }
    }
}
