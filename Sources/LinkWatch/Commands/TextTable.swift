/// Rows in columns as wide as their widest cell; the last column is not filled up.
struct TextTable {
    let head: [String]
    let rows: [[String]]

    var text: String { text(fitting: nil) }

    /// - Parameter width: how wide a line may be; the widest columns give way, and what they have no room for is cut off.
    func text(fitting width: Int?) -> String {
        let lines = [head] + rows.map { $0.map(\.plain) }
        var widths = head.indices.map { column in lines.map { $0[column].count }.max() ?? 0 }
        if let width { Self.narrow(&widths, to: width) }
        return lines.map { cells in
            let padded = zip(cells, widths).map { cell, width in
                let shown = cell.count > width ? String(cell.prefix(max(width - 1, 0))) + "…" : cell
                return shown + String(repeating: " ", count: max(width - shown.count, 0))
            }
            var line = padded.joined(separator: Self.gap)
            while line.last == " " { line.removeLast() }
            return line
        }.joined(separator: "\n")
    }

    private static let gap = "  "
    /// Of anything shorter nothing could be told.
    private static let narrowest = 8

    private static func narrow(_ widths: inout [Int], to width: Int) {
        var excess = widths.reduce(0, +) + gap.count * (widths.count - 1) - width
        while excess > 0, let widest = widths.max(), widest > narrowest, let column = widths.firstIndex(of: widest) {
            widths[column] -= 1
            excess -= 1
        }
    }
}
