extension QueryPool {
    /// What the process of a question refused, in terms of whoever asked.
    func refusal(_ refusal: ReportMessage.Refusal, about source: QuerySource) -> QueryRefusal {
        switch refusal {
        case .empty: .empty
        case .severalStatements: .severalStatements
        case .notReading(let what): .notReading(what: what)
        case .foreignTable(let name): .foreignTable(name: name, views: source.views.map(\.name))
        case .foreignFunction(let name): .foreignFunction(name: name)
        case .invalid(let message, let offset, let unknown):
            .invalid(
                message: message,
                offset: offset,
                suggestion: unknown.flatMap { suggestion(for: $0, among: source.views) }
            )
        case .badParameters(let reason): .badParameters(reason: reason)
        case .failed(let message): .failed(message: message)
        case .valueTooBig: .valueTooBig(limit: limits.valueBytes)
        case .timeLimit: .timeLimit(limits.time)
        case .memoryLimit: .memoryLimit(bytes: limits.heapBytes)
        case .unavailable(let reason): .unavailable(reason: reason)
        }
    }

    private func suggestion(for unknown: ReportMessage.UnknownName, among views: [QueryView]) -> String? {
        // Of a column with its table before it.
        let word = unknown.name.split(separator: ".").last.map(String.init) ?? unknown.name
        return switch unknown.kind {
        case .column: suggestion(word, Set(views.flatMap(\.columns).map(\.name)).sorted())
        case .table: suggestion(word, views.map(\.name))
        }
    }
}
