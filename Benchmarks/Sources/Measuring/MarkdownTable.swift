/// A table as it stands in a README.
package struct MarkdownTable: Sendable, Equatable, CustomStringConvertible {
    package let header: [String]
    package private(set) var rows: [[String]] = []

    package init(_ header: String...) { self.init(header: header) }

    /// For tables whose columns are not always the same.
    package init(header: [String]) { self.header = header }

    package mutating func add(_ cells: String...) { add(row: cells) }

    package mutating func add(row cells: [String]) { rows.append(cells) }

    /// The first column is text, the others are figures and stand to the right.
    package var description: String {
        let rule = header.indices.map { $0 == 0 ? "---" : "--:" }
        return ([header, rule] + rows).map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
    }
}
