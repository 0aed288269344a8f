/// What expressions, or the series of a rules' test, say of metrics and labels.
struct QueriedMetrics {
    struct Selector: Hashable {
        let name: String
        let labels: Set<String>
    }

    /// Every metric of ours, with a selector or without.
    let names: Set<String>
    let selectors: Set<Selector>
    /// Labels by which series are grouped, joined or freed.
    let grouping: Set<String>

    init(_ text: String) {
        names = Set(text.matches(of: /\b(?:clusterlink|linkwatch|process)_[a-z_]+\b/).map { String($0.output) })
        selectors = Set(
            text.matches(of: /\b((?:clusterlink|linkwatch|process)_[a-z_]+)\{([^{}]*)\}/).map { match in
                let labels = match.output.2.matches(of: /([a-zA-Z_][a-zA-Z0-9_]*)\s*(?:=~|!~|!=|=)/)
                return Selector(
                    name: String(match.output.1),
                    labels: Set(labels.map { String($0.output.1) })
                )
            }
        )
        let lists = text.matches(of: /\b(?:by|on|without|group_left)\s*\(([a-z_, ]*)\)/).map(\.output.1)
        grouping = Set(lists.flatMap { $0.split { ", ".contains($0) }.map(String.init) })
    }
}
