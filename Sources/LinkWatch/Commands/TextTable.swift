/// Rows in columns as wide as their widest cell; the last column is not filled up.
struct TextTable {
    let head: [String]
    let rows: [[String]]

    var text: String {
        let lines = [head] + rows.map { $0.map(Self.plain) }
        let widths = head.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        return lines.map { cells in
            let padded = zip(cells, widths).map { cell, width in
                cell + String(repeating: " ", count: width - cell.count)
            }
            var line = padded.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    /// Cells may hold what an upstream says: a control character must neither break the row nor command the terminal.
    private static func plain(_ cell: String) -> String {
        String(
            String.UnicodeScalarView(
                cell.unicodeScalars.map { scalar in
                    switch scalar.properties.generalCategory {
                    case .control, .format, .lineSeparator, .paragraphSeparator: " "
                    default: scalar
                    }
                }
            )
        )
    }
}
