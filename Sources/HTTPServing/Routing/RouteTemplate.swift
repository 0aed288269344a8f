/// A route's path taken apart: literal segments, and parameters as whole segments.
struct RouteTemplate: Sendable {
    enum Segment: Sendable, Equatable {
        /// Bytes a decoded segment must equal.
        case literal([UInt8])
        /// A name for any segment that is not empty.
        case parameter(String)
    }

    let segments: [Segment]

    init(parsing template: String) throws(RouterError) {
        guard template.hasPrefix("/") else { throw .badTemplate(template, why: "it does not begin with /") }
        guard !template.contains("%") else { throw .badTemplate(template, why: "literals are written decoded") }
        var segments: [Segment] = []
        var names: Set<String> = []
        for text in template.dropFirst().split(separator: "/", omittingEmptySubsequences: false) {
            guard text.hasPrefix("{") else {
                guard !text.contains("{"), !text.contains("}") else {
                    throw .badTemplate(template, why: "a parameter must be a whole segment")
                }
                segments.append(.literal(Array(text.utf8)))
                continue
            }
            let name = String(text.dropFirst().dropLast())
            guard text.hasSuffix("}"), !name.isEmpty, !name.contains("{"), !name.contains("}") else {
                throw .badTemplate(template, why: "a parameter must be a name in braces")
            }
            guard names.insert(name).inserted else { throw .badTemplate(template, why: "it names {\(name)} twice") }
            segments.append(.parameter(name))
        }
        self.segments = segments
    }
}
