import ClusterLinks
import ExactJSON

extension Listing.Column {
    static let cluster = Self("CLUSTER", least: 6, fair: 8) { TextTable.Cell($0.cluster) }

    static let link = Self("LINK", least: 8, fair: 20) { TextTable.Cell($0.text("link_name")) }

    static func text(_ head: String, _ path: String, least: Int? = nil, rank: Int = 0) -> Self {
        Self(head, least: least, rank: rank) { TextTable.Cell($0.text(path)) }
    }

    /// When it was, to the second, and beside it how long ago, which is what stays in a narrow terminal.
    static func instant(_ head: String, _ path: String) -> [Self] {
        [
            Self(head, rank: 4) { TextTable.Cell($0.instant(path)?.toTheSecond ?? "") },
            Self("AGO", rank: 1) { TextTable.Cell($0.ago(path), .quiet) },
        ]
    }
}

extension Listing.Row {
    func ago(_ path: String) -> String { instant(path)?.relative(to: surroundings.now) ?? "" }
}

extension TextTable.Cell {
    static func health(_ text: String) -> Self {
        switch text {
        case "ok": Self(text, .good)
        case "degraded": Self(text, .doubtful)
        case "error": Self(text, .bad)
        default: Self(text, .quiet)
        }
    }

    static func severity(_ text: String) -> Self {
        switch text {
        case "critical": Self(text, .bad)
        case "warning": Self(text, .doubtful)
        default: Self(text)
        }
    }
}
