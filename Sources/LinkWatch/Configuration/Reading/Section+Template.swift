import ExactJSON
import Notifying

/// Templates, which stand in files of their own.
extension Section {
    /// Far more than any message; a bound for a path that names something else.
    private static let longestTemplate = 1 << 20

    /// What makes a webhook's bodies, nil where nothing is said of it, or where it was refused.
    func template() -> BodyTemplate? {
        let escape = self["escape"]
        let escaping = escape?.choice(of: TextEscaping.self)
        guard let setting = self["template_file"] else {
            escape?.warn("has no effect without template_file: only what goes into a template is escaped")
            return nil
        }
        guard let path = setting.word().map(reading.resolved),
            let template = template(at: path, escaping: escaping ?? .none, for: setting)
        else { return nil }
        guard !template.saysSecret || self["secret"] != nil || self["secret_file"] != nil else {
            setting.refuse("the template says {{secret}}, but the webhook has none; give secret_file beside it")
            return nil
        }
        return template
    }

    private func template(at path: String, escaping: TextEscaping, for setting: Setting) -> BodyTemplate? {
        let shown = Excerpt.shortened(path)
        var file: [UInt8] = []
        do {
            file = try BoundedFile.read(path, limit: Self.longestTemplate, regularOnly: true).bytes
            return try BodyTemplate(JSONValue(parsing: file), escaping: escaping)
        } catch let error as JSONError {
            let place = error.position(in: file)
            setting.refuse("the template \(shown) is no JSON in line \(place.line), column \(place.column): \(error)")
        } catch let error as TemplateError {
            setting.refuse("the template \(shown) is none: \(error)")
        } catch {
            setting.refuse("cannot read the template \(shown): \(error)")
        }
        return nil
    }
}
