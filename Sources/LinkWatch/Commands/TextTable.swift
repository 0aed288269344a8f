/// Rows in columns as wide as their widest cell; the last column is not filled up.
struct TextTable {
    let head: [String]
    let rows: [[String]]

    var text: String {
        let lines = [head] + rows.map { $0.map(\.plain) }
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
}
