import ClusterLinks

/// Why no request is built about a link of that name.
package enum LinkNameFault: Error, Hashable {
    /// `.` and `..` mean another place in a path, encoded or not (RFC 3986 §6.2.2): a deletion could meet something else. So
    /// they do between slashes, where a gateway on the way decodes those first.
    case dots
    /// No server takes one, and what shows it (a log, the audit) would show another name.
    case controlCharacter
    case tooLong(bytes: Int)

    /// Far above what any server allows, and three times that still fits a request line.
    package static let longest = 1024

    init?(_ name: LinkName) {
        let text = name.rawValue
        if text.utf8.split(whereSeparator: { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") })
            .contains(where: { $0.elementsEqual(".".utf8) || $0.elementsEqual("..".utf8) })
        {
            self = .dots
        } else if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            self = .controlCharacter
        } else if text.utf8.count > Self.longest {
            self = .tooLong(bytes: text.utf8.count)
        } else {
            return nil
        }
    }
}

extension LinkNameFault: CustomStringConvertible {
    package var description: String {
        switch self {
        case .dots:
            "a name that is . or .., or has one between slashes, cannot be asked for: its path means another place"
        case .controlCharacter: "the link's name has a control character in it"
        case .tooLong(let bytes): "the link's name has \(bytes) bytes; at most \(Self.longest) are passed on"
        }
    }
}
