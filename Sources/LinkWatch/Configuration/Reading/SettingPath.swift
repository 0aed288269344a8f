/// The way from the root of a configuration to one value: `clusters[2].auth.basic.password_file`.
struct SettingPath: Sendable, Equatable, CustomStringConvertible {
    let description: String
    /// The same for any item of a list: `clusters[].auth.basic.password_file`.
    let shape: String

    static let root = SettingPath(description: "", shape: "")

    func key(_ name: String) -> SettingPath {
        let shown = Excerpt.shortened(name)
        guard !description.isEmpty else { return SettingPath(description: shown, shape: shown) }
        return SettingPath(description: "\(description).\(shown)", shape: "\(shape).\(shown)")
    }

    func item(_ index: Int) -> SettingPath {
        SettingPath(description: "\(description)[\(index)]", shape: "\(shape)[]")
    }

    /// Whether this lies inside the section at `other`.
    func isWithin(_ other: SettingPath) -> Bool {
        description.hasPrefix("\(other.description).") || description == other.description
    }
}
