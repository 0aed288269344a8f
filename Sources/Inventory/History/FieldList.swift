import ExactJSON

/// The names of top-level fields, in order of the alphabet, as they are stored: mostly they are told on as they stand.
package struct FieldList: Sendable {
    /// An array of strings.
    package let json: [UInt8]

    /// - Parameter stored: nil where no field changed.
    init(stored: [UInt8]?) { json = stored ?? Array("[]".utf8) }

    package var names: [String] { ((try? JSONValue(parsing: json))?.array ?? []).compactMap(\.string) }
}
