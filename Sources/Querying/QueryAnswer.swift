import ExactJSON

/// What a statement answered, written as it was asked for.
package struct QueryAnswer: Sendable {
    package struct Column: Sendable, Hashable {
        package let name: String
        /// `text`, `integer`, `real` or `blob`; `any` where values are of several types, `null` where there are none.
        package let type: String

        package init(name: String, type: String) {
            self.name = name
            self.type = type
        }
    }

    /// Which limit cut the rows.
    package enum Cut: String, Sendable, CaseIterable {
        case rows, bytes
    }

    package let format: QueryFormat
    package let columns: [Column]
    package let rowCount: Int
    /// Nil where all rows are there.
    package let cut: Cut?
    /// How long the statement ran.
    package let duration: Duration
    /// The rows as the process wrote them.
    let rows: [UInt8]

    /// - Parameter rows: as they are written in the format, one behind the other.
    package init(
        format: QueryFormat,
        columns: [Column],
        rowCount: Int,
        cut: Cut?,
        duration: Duration,
        rows: [UInt8]
    ) {
        self.format = format
        self.columns = columns
        self.rowCount = rowCount
        self.cut = cut
        self.duration = duration
        self.rows = rows
    }

    /// The whole answer.
    package var body: [UInt8] {
        switch format {
        case .json: json
        case .csv: csv
        }
    }

    private var json: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rows.count + 256 + 64 * columns.count)
        bytes.append(UInt8(ascii: "{"))
        bytes.appendName("columns")
        bytes.appendArray(columns) { column, bytes in
            JSONObject([("name", .string(column.name)), ("type", .string(column.type))]).write(into: &bytes)
        }
        bytes.appendName("rows")
        bytes.append(UInt8(ascii: "["))
        bytes.append(contentsOf: rows)
        bytes.append(UInt8(ascii: "]"))
        bytes.appendMember("truncated", .bool(cut != nil))
        if let cut { bytes.appendMember("truncated_by", string: cut.rawValue) }
        bytes.appendMember("duration_seconds", .double(duration.seconds))
        bytes.append(contentsOf: "}\n".utf8)
        return bytes
    }

    private var csv: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(rows.count + 64 * columns.count)
        for (index, column) in columns.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            CSVText.append(column.name, to: &bytes)
        }
        bytes.append(contentsOf: "\r\n".utf8)
        return bytes + rows
    }
}

extension Duration {
    /// Seconds with their fraction.
    var seconds: Double {
        let (seconds, attoseconds) = components
        return Double(seconds) + Double(attoseconds) / 1e18
    }
}
