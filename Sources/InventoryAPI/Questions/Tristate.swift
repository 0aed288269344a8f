/// `true`, `false`, or both.
enum Tristate: String, CaseIterable, Sendable {
    case yes = "true"
    case no = "false"
    case any

    func admits(_ value: Bool) -> Bool {
        switch self {
        case .yes: value
        case .no: !value
        case .any: true
        }
    }
}
