/// Why an answer of status 2xx is no list of links, so that the whole poll fails (truth rule 1).
package enum MalformedList: Error, Hashable {
    case notAnObject
    /// `data` is absent, null or no array.
    case dataNotAnArray
    case itemNotAnObject(index: Int)
    /// Neither an id nor a `link_name`.
    case itemWithoutIdentity(index: Int)
    /// The same id twice with different content.
    case contradiction(id: String)
}

extension MalformedList: CustomStringConvertible {
    package var description: String {
        switch self {
        case .notAnObject: "the body is no JSON object"
        case .dataNotAnArray: "the body has no array \"data\""
        case .itemNotAnObject(let index): "data[\(index)] is no JSON object"
        case .itemWithoutIdentity(let index): "data[\(index)] has neither an id nor a link_name"
        case .contradiction(let id): "\(id.prefix(64)) is listed twice with different content"
        }
    }
}
