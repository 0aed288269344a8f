/// Why there is no figure.
enum LoadError: Error, CustomStringConvertible {
    /// The command line is none of those that are known.
    case usage
    /// The database did not take what it was given.
    case refused(path: String, reason: String)
    /// What was recorded is not what was meant.
    case unexpected(what: String, expected: Int, got: Int)

    var description: String {
        switch self {
        case .usage:
            """
            usage: inventory-load growth quiet|failing|flapping|topics|messages DAYS FILE
                   inventory-load history VERSIONS FILE [CLUSTERS]
                   inventory-load sweep seen|new FILE PREPARED
            """
        case .refused(let path, let reason): "\(path) takes no writes, so there is no figure: \(reason)"
        case .unexpected(let what, let expected, let got):
            "\(what): expected \(expected), got \(got), so a figure would mean nothing"
        }
    }
}
