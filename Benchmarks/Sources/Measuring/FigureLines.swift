/// The figures of a program that says each on a line of its own: a name, a blank and a number.
package struct FigureLines: Sendable, Equatable {
    private let figures: [String: [Double]]

    /// Reads the program's output, which has nothing else in it.
    package init(parsing text: String) throws(MeasuringError) {
        var figures: [String: [Double]] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, let number = Double(words[1]) else {
                throw .unreadable(program: "a program with figures", text: String(line))
            }
            figures[String(words[0]), default: []].append(number)
        }
        self.figures = figures
    }

    /// The one figure of a name.
    package func value(_ name: String) throws(MeasuringError) -> Double {
        let values = figures[name] ?? []
        guard values.count == 1 else { throw .figures(name: name, count: values.count) }
        return values[0]
    }

    /// All figures of a name, in order; none where it was not said.
    package func values(_ name: String) -> [Double] { figures[name] ?? [] }

    /// What the names that begin with a prefix go on with, each with its figure.
    package func values(under prefix: String) -> [String: Double] {
        var found: [String: Double] = [:]
        for (name, values) in figures where name.hasPrefix(prefix) {
            found[String(name.dropFirst(prefix.count))] = values.last
        }
        return found
    }
}
