/// One value of the file on its way to a typed one: each reader returns nil where it had to refuse, having said why.
struct Setting {
    let node: YAMLNode
    let path: SettingPath
    let reading: ConfigurationReading

    func refuse(_ sentence: String, suggestion: String? = nil) {
        reading.refuse(sentence, at: node.position, path, suggestion: suggestion)
    }

    func warn(_ sentence: String) {
        reading.warn(sentence, at: node.position, path)
    }

    /// The text with the environment's values in it, which may be empty.
    func text() -> Text? {
        guard case .scalar(let raw, _) = node.content, !node.isNull else {
            return refuseKind("text")
        }
        do throws(Refusal) {
            let (value, isExpanded) = try EnvironmentReference.expand(raw, environment: reading.environment)
            return Text(value: value, raw: raw, isFromEnvironment: isExpanded)
        } catch {
            refuse(error.sentence)
            return nil
        }
    }

    func parsed<Value>(_ parse: (String) throws(Refusal) -> Value) -> Value? {
        guard let text = text() else { return nil }
        do throws(Refusal) {
            return try parse(text.value)
        } catch {
            refuse(
                error.quotes ? "\(error.sentence), got \(Excerpt.quoted(text.raw))" : error.sentence,
                // A suggestion is made of the value, which is not to be shown when the environment gave it.
                suggestion: text.isFromEnvironment ? nil : error.suggestion
            )
            return nil
        }
    }

    func items() -> [Setting]? {
        if node.isNull { return [] }
        guard case .sequence(let items) = node.content else { return refuseKind("a list") }
        return items.enumerated().map { Setting(node: $1, path: path.item($0), reading: reading) }
    }

    /// A mapping, empty where all its keys are commented out.
    func section() -> Section? {
        if node.isNull { return Section(at: node.position, path: path, entries: [], reading: reading) }
        guard case .mapping(let entries) = node.content else { return refuseKind("a mapping") }
        return Section(at: node.position, path: path, entries: entries, reading: reading)
    }

    private func refuseKind<Value>(_ expected: String) -> Value? {
        if case .refused = node.content { return nil }
        refuse("expected \(expected), got \(node.kind)")
        return nil
    }

    /// A scalar's value, with what may be shown of it.
    struct Text {
        let value: String
        /// As it stands in the file: `${NAME}` instead of what the environment says.
        let raw: String
        let isFromEnvironment: Bool
    }
}
