/// Rows in columns as wide as their widest cell; the last column is not filled up.
package struct TextTable: Sendable {
    /// What a column gives up where a line has no room for all.
    package struct Column: Sendable {
        let head: String
        /// So narrow it may become; nil for what is shown whole or not at all.
        let least: Int?
        /// Before it becomes as narrow as this, columns of a rank are left out.
        let fair: Int?
        /// What is left out first has the highest; 0 is never left out.
        let rank: Int

        package init(_ head: String, least: Int? = nil, fair: Int? = nil, rank: Int = 0) {
            self.head = head
            self.least = least
            self.fair = fair ?? least
            self.rank = rank
        }
    }

    /// A text that says nothing to a terminal but what it shows, and its colour.
    package struct Cell: Sendable, ExpressibleByStringLiteral {
        let text: String
        let tint: Tint?

        package init(_ text: String, _ tint: Tint? = nil) {
            // What ends in blanks ends a line in them.
            var text = Substring(text.plain)
            while text.last == " " { text.removeLast() }
            self.text = String(text)
            self.tint = tint
        }

        package init(stringLiteral value: String) { self.init(value) }
    }

    private let columns: [Column]
    private let rows: [[Cell]]

    package init(columns: [Column], rows: [[Cell]]) {
        self.columns = columns
        self.rows = rows
    }

    /// A table all of whose columns may become narrow, down to what still tells something.
    package init(head: [String], rows: [[String]]) {
        self.init(columns: head.map { Column($0, least: Self.narrowest) }, rows: rows.map { $0.map { Cell($0) } })
    }

    package var text: String { text(fitting: nil) }

    /// - Parameter width: how wide a line may be, nil for as wide as it is. Columns of the highest rank are left out until the
    ///   others have a fair width; then the widest give way, and what they have no room for is cut off.
    package func text(fitting width: Int?, paint: Paint = Paint(isOn: false)) -> String {
        let natural = naturalWidths
        var shown = Array(columns.indices)
        var widths = natural
        if let width {
            shown = Self.fitting(shown, columns, natural, width)
            Self.narrow(&widths, of: shown, columns, to: width)
        }
        let head = columns.map { Cell($0.head, .heading) }
        return ([head] + rows).map { cells in
            let last = shown.last { !cells[$0].text.isEmpty }
            return shown.prefix { column in last.map { column <= $0 } ?? false }.map { column in
                let text = cells[column].text.truncated(to: widths[column])
                let filling = column == last ? 0 : widths[column] - text.displayWidth
                return paint(text, cells[column].tint) + String(repeating: " ", count: max(filling, 0))
            }.joined(separator: Self.gap)
        }.joined(separator: "\n")
    }

    /// The same without the line of headings.
    package func body(fitting width: Int?, paint: Paint) -> String {
        String(text(fitting: width, paint: paint).drop { $0 != "\n" }.dropFirst())
    }

    /// How wide a line of all columns is in which none is wider than is fair.
    var fairWidth: Int { Self.fairWidth(of: Array(columns.indices), columns, naturalWidths) }

    private static func fairWidth(of shown: [Int], _ columns: [Column], _ widths: [Int]) -> Int {
        shown.reduce(gap.count * (shown.count - 1)) { $0 + min(widths[$1], columns[$1].fair ?? widths[$1]) }
    }

    private var naturalWidths: [Int] {
        columns.indices.map { column in
            rows.reduce(columns[column].head.displayWidth) { max($0, $1[column].text.displayWidth) }
        }
    }

    private static let gap = "  "
    /// Of anything shorter nothing could be told.
    private static let narrowest = 8

    /// The columns that can be made to fit.
    private static func fitting(_ all: [Int], _ columns: [Column], _ widths: [Int], _ width: Int) -> [Int] {
        var shown = all
        while fairWidth(of: shown, columns, widths) > width,
            let victim = shown.max(by: { columns[$0].rank <= columns[$1].rank }), columns[victim].rank > 0
        {
            shown.removeAll { $0 == victim }
        }
        return shown
    }

    private static func narrow(_ widths: inout [Int], of shown: [Int], _ columns: [Column], to width: Int) {
        func reducible(_ column: Int) -> Bool { columns[column].least.map { widths[column] > $0 } ?? false }
        var excess = shown.reduce(gap.count * (shown.count - 1)) { $0 + widths[$1] } - width
        // First what is wider than fair, so that of a name more is left than of a message.
        func gives(_ column: Int) -> Bool { columns[column].fair.map { widths[column] > $0 } ?? false }
        while excess > 0, let widest = shown.filter(gives).max(by: { widths[$0] < widths[$1] }) {
            widths[widest] -= 1
            excess -= 1
        }
        while excess > 0, let widest = shown.filter(reducible).max(by: { widths[$0] < widths[$1] }) {
            widths[widest] -= 1
            excess -= 1
        }
    }
}
