/// Anything that can happen to one cluster's alerts.
enum Observed {
    case list([ShownLink])
    case sameBytes
    case failure(reason: String)
    /// Of the link with the id; nil is a reading without trouble.
    case tasks(id: Int, code: String?)
    case rules(expected: Set<String>, exhaustive: Bool, readsTasks: Bool)
    /// Out of the configuration and back in.
    case retired
    case restart
}
