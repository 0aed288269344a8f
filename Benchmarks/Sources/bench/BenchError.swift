/// Why there is no figure.
enum BenchError: Error, CustomStringConvertible {
    /// A setting is none that is known.
    case setting(name: String, value: String, remedy: String)
    /// A program that is to be run is not there.
    case noProgram(path: String)
    /// A program ended that was to run on, or ended badly.
    case ended(program: String, status: Int32, said: String)
    /// A server did not come to listen, or the service did not come to know its links.
    case notReady(what: String, said: String)
    /// Two servers answer differently where they must not.
    case unlike(path: String, how: String)
    /// An answer does not have what is asked for.
    case unanswered(path: String, what: String)
    /// A process's clock cannot be read.
    case noClock(pid: Int32, code: Int32)

    var description: String {
        switch self {
        case .setting(let name, let value, let remedy): "\(name) is \(value): \(remedy)"
        case .noProgram(let path): "there is no \(path): build it or install it, as make bench does"
        case .ended(let program, let status, let said): "\(program) ended with status \(status): \(said)"
        case .notReady(let what, let said): "\(what) is not ready after 30 s: \(said)"
        case .unlike(let path, let how): "the servers answer \(path) differently, so a ratio would mean nothing: \(how)"
        case .unanswered(let path, let what): "\(path) is answered, but \(what)"
        case .noClock(let pid, let code): "the processor clock of process \(pid) cannot be read: error \(code)"
        }
    }
}
