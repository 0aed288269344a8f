extension Configuration {
    /// How much history is kept; whichever bound is reached first counts.
    package struct Retention: Sendable, Equatable {
        package var age: Duration = .seconds(400 * 86_400)
        /// Of the database, in bytes: what is in use of the file; free pages and the write-ahead log do not count.
        package var size = 20 << 30

        package init() {}
    }
}

extension Configuration.Retention {
    init(reading section: Section?) {
        self.init()
        guard let section else { return }
        if let age = section["age"]?.duration(in: .seconds(3600) ... .seconds(36_500 * 86_400)) { self.age = age }
        if let size = section["size"]?.size(in: (1 << 20)...(1 << 50)) { self.size = size }
        section.close()
    }
}
