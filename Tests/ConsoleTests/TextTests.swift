import ClusterLinks
import Console
import ExactJSON
import Testing

/// Text as a terminal takes it.
struct TextTests {
    @Test(
        arguments: [
            ("selec 1", 0, "  selec 1\n  ^"), ("select\n ü, nope from x\n", 12, "   ü, nope from x\n      ^"),
            ("雪 x", 4, "  雪 x\n     ^"), ("a\tb", 2, "  a b\n    ^"), ("a", 1, "  a\n   ^"),
            (
                String(repeating: "y", count: 100), 50,
                "  \(String(repeating: "y", count: 76))\n\(String(repeating: " ", count: 40))^"
            ),
        ]
    )
    func `a place in a text is shown on its line`(_ text: String, _ offset: Int, _ expected: String) {
        #expect(PlaceInText(text, offset: offset)?.description == expected)
    }

    @Test func `a place that is not there is not shown`() {
        #expect(PlaceInText("a", offset: 2) == nil && PlaceInText("a", offset: -1) == nil)
        #expect(PlaceInText("a\n \n", offset: 2) == nil && PlaceInText("", offset: 0) == nil)
    }

    @Test(
        arguments: [
            ("", 0), ("abc", 3), ("é", 1), ("e\u{301}", 1), ("漢字", 4), ("한", 2), ("ｱ", 1), ("Ａ", 2), ("👍", 2),
            ("❤\u{FE0F}", 2), ("🇩🇪", 2), ("Ω…→", 3), ("\u{301}", 0), ("\u{7}", 0),
        ] as [(String, Int)]
    )
    func `a character takes the columns that a terminal gives it`(_ text: String, _ width: Int) {
        #expect(text.displayWidth == width)
    }

    @Test(arguments: ["orders", "漢字漢字", "a漢b字", "👍👍👍", "e\u{301}e\u{301}e\u{301}", "a  b  c"])
    func `what is cut off is told, and never wider than the room`(_ text: String) {
        for room in 0...10 {
            let cut = text.truncated(to: room)
            #expect(cut.displayWidth <= room)
            #expect((cut == text) == (text.displayWidth <= room))
            if cut != text, room > 0 { #expect(cut.hasSuffix("…")) }
        }
    }

    @Test(
        arguments: [
            "\u{1B}[31mred", "a\nb", "a\rb", "a\tb", "\u{9B}31m", "\u{202E}evil", "\u{2066}a\u{2069}", "a\u{200B}b",
            "\u{2028}",
            "\u{2029}", "\u{0}", "\u{7F}", "\u{FEFF}x", "\u{E0041}",
        ]
    )
    func `what would command a terminal is a blank, and in JSON an escape of the same`(_ text: String) throws {
        let commands = { (text: String) in
            text.unicodeScalars.contains {
                [.control, .format, .lineSeparator, .paragraphSeparator].contains($0.properties.generalCategory)
            }
        }
        #expect(commands(text) && !commands(text.plain))
        #expect(text.plain.unicodeScalars.count == text.unicodeScalars.count)
        let json = String(decoding: JSONValue.string(text).encoded, as: UTF8.self).withEscapedControls
        #expect(!commands(json))
        #expect(try JSONValue(parsing: json) == .string(text))
    }

    @Test func `what is plain stays as it is`() {
        for text in ["orders-dr", "Größe 漢字 👍", ""] { #expect(text.plain == text && text.withEscapedControls == text) }
    }

    private static let now = Instant(milliseconds: 1_795_372_751_042)

    @Test(
        arguments: [
            (0, "0 s ago"), (999, "0 s ago"), (1000, "1 s ago"), (119_999, "119 s ago"), (120_000, "2 min ago"),
            (7_199_000, "119 min ago"), (7_200_000, "2 h ago"), (172_799_000, "47 h ago"), (172_800_000, "2 d ago"),
            (86_400_000 * 60, "60 d ago"), (86_400_000 * 61, "2 mo ago"), (86_400_000 * 800, "2 y ago"), (-1, "in 0 s"),
            (-5_400_000, "in 90 min"),
        ] as [(Int64, String)]
    )
    func `how long ago something was is told in its largest unit`(_ milliseconds: Int64, _ text: String) {
        #expect(Self.now.advanced(by: .milliseconds(-milliseconds)).relative(to: Self.now) == text)
    }

    @Test func `an instant is told to the second`() {
        #expect(Self.now.toTheSecond == "2026-11-22 18:39:11Z")
        #expect(Instant(milliseconds: 253_402_300_800_000).toTheSecond == "10000-01-01 00:00:00Z")
    }

    @Test func `a record is quoted where it has to be`() {
        #expect(
            CSVText.record(["a", "b,c", "d\"e", "f\ng", "h\ri", "", .null, "ü"])
                == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\"h\ri\",\"\",,ü\r\n"
        )
        #expect(CSVText.record(["a\r\nb"]) == "\"a\r\nb\"\r\n")
    }

    @Test(
        arguments: [
            (.null, ""), ("a", "a"), (1, "1"), (true, "true"), (["a", 1], #"["a",1]"#), (["a": .null], #"{"a":null}"#),
        ] as [(JSONValue, String)]
    )
    func `a value is a field as it was written`(_ value: JSONValue, _ field: String) {
        #expect(CSVText.words(value) == field)
    }

    @Test func `a number keeps its digits`() throws {
        #expect(CSVText.words(try JSONValue(parsing: "1.10")) == "1.10")
    }

    @Test(
        arguments: [
            (.auto, true, [:], true), (.auto, false, [:], false), (.auto, true, ["NO_COLOR": "1"], false),
            (.auto, true, ["NO_COLOR": ""], true), (.auto, true, ["TERM": "dumb"], false),
            (.always, false, ["NO_COLOR": "1"], true),
            (.never, true, [:], false),
        ] as [(PaintChoice, Bool, [String: String], Bool)]
    )
    func `colours are for terminals, unless somebody says otherwise`(
        _ choice: PaintChoice,
        _ isTerminal: Bool,
        _ environment: [String: String],
        _ isOn: Bool
    ) {
        #expect(choice.paint(isTerminal: isTerminal, environment: environment) == Paint(isOn: isOn))
    }
}
