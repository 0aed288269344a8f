/// Why a table of routes makes no router.
package enum RouterError: Error, Equatable, CustomStringConvertible {
    /// A template does not begin with a slash, or a brace stands where none may.
    case badTemplate(String, why: String)
    /// Two routes answer the same method and the same paths.
    case clash(method: String, template: String, other: String)
    /// Two routes have the same id.
    case duplicateID(String, template: String, other: String)

    package var description: String {
        switch self {
        case .badTemplate(let template, let why): "route \(template): \(why)"
        case .clash(let method, let template, let other):
            "routes \(method) \(template) and \(method) \(other) match the same paths"
        case .duplicateID(let id, let template, let other):
            "routes \(template) and \(other) have the same id \"\(id)\""
        }
    }
}
