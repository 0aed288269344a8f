/// One statement with the values for its parameters, and how its rows are to be written.
package struct QueryQuestion: Sendable {
    package let sql: String
    package let parameters: QueryParameters
    package let format: QueryFormat

    package init(sql: String, parameters: QueryParameters = .positional([]), format: QueryFormat = .json) {
        self.sql = sql
        self.parameters = parameters
        self.format = format
    }
}

/// The values for the parameters of a statement (<https://sqlite.org/lang_expr.html#varparam>).
package enum QueryParameters: Sendable, Hashable {
    /// `?`, `?2`: in their order.
    case positional([QueryValue])
    /// `:name`, `@name`, `$name`: by their names, with or without the first character.
    case named([Named])

    package struct Named: Sendable, Hashable {
        package let name: String
        package let value: QueryValue

        package init(name: String, value: QueryValue) {
            self.name = name
            self.value = value
        }
    }
}

/// A value as SQLite knows them; true and false are 1 and 0 there.
package enum QueryValue: Sendable, Hashable {
    case null
    case integer(Int64)
    case real(Double)
    case text(String)
}

/// How the rows of an answer are written.
package enum QueryFormat: String, Sendable, CaseIterable {
    /// One document with columns, rows and what there is to say of them.
    case json
    /// RFC 4180, with a line of the columns' names.
    case csv
}
