/// A view that may be asked, as it is made anew in the process of each question.
package struct QueryView: Sendable {
    package struct Column: Sendable, Hashable {
        package let name: String
        /// The type of its values: `text`, `integer` or `real`.
        package let type: String

        package init(name: String, type: String) {
            self.name = name
            self.type = type
        }
    }

    package let name: String
    package let columns: [Column]
    /// A SELECT of these columns in this order.
    ///
    /// It names every table with its schema (`main.links`), uses a column of each, and has
    /// no WITH: what it reads is told from what a question reads by the name of the view around it (``StatementGuard``).
    package let select: String

    package init(name: String, columns: [Column], select: String) {
        self.name = name
        self.columns = columns
        self.select = select
    }
}

/// The database that questions are about, and what of it they may see.
package struct QuerySource: Sendable {
    package let path: String
    /// Whether nobody writes the file: it is then read without any file beside it (<https://sqlite.org/uri.html#uriimmutable>).
    package let isAtRest: Bool
    package let views: [QueryView]

    package init(path: String, isAtRest: Bool = false, views: [QueryView]) {
        self.path = path
        self.isAtRest = isAtRest
        self.views = views
    }
}
