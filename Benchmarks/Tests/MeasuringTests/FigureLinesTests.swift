import Measuring
import Testing

struct FigureLinesTests {
    private static let text = "polls 1440000\nanswer 1\nanswer 2.5\nafter.part.versions 4096\nafter.part.changes 0\n"

    @Test func `a figure is found by its name`() throws {
        let figures = try FigureLines(parsing: Self.text)
        #expect(try figures.value("polls") == 1_440_000)
        #expect(figures.values("answer") == [1, 2.5])
        #expect(figures.values("questions").isEmpty)
    }

    @Test(arguments: [("answer", 2), ("questions", 0)])
    func `one figure is one and no other number`(name: String, count: Int) throws {
        let figures = try FigureLines(parsing: Self.text)
        #expect(throws: MeasuringError.figures(name: name, count: count)) { try figures.value(name) }
    }

    @Test func `figures with a prefix are told by the rest of their names`() throws {
        let parts = try FigureLines(parsing: Self.text).values(under: "after.part.")
        #expect(parts == ["versions": 4096, "changes": 0])
    }

    @Test(arguments: ["polls", "polls many", "1 2 3"])
    func `what is no figure is refused`(line: String) {
        #expect(throws: MeasuringError.unreadable(program: "a program with figures", text: line)) {
            try FigureLines(parsing: line)
        }
    }
}
