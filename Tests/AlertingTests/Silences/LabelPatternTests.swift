import Testing

import Alerting

struct LabelPatternTests {
    @Test(
        arguments: [
            ("orders-.*", "orders-eu", true), ("orders-.*", "my-orders-eu", false), ("orders", "orders-eu", false),
            ("", "", true), ("", "a", false), (".*", "", true), (".+", "", false),
            ("a|b", "a", true), ("a|b", "b", true), ("a|b", "ab", false), ("(a|b)*", "abba", true), ("a||b", "", true),
            ("^a$", "a", true), ("a^b", "ab", false), ("(?:ab)+", "ababab", true), ("(?P<n>a)b", "ab", true),
            ("(?<n>a)b", "ab", true), ("a{2,3}", "a", false), ("a{2,3}", "aaa", true), ("a{2,3}", "aaaa", false),
            ("a{2,}", "aaaaa", true), ("a{2}", "aa", true), ("a{,2}", "a{,2}", true), ("a{0}", "", true),
            ("a+?b*?", "aab", true), ("[a-c]x", "bx", true), ("[^a-c]x", "bx", false), ("[]a]", "]", true),
            ("[a-]", "-", true), ("[\\d_]+", "1_2", true), ("[^\\D]", "5", true), ("\\w+\\.\\w+", "a.b", true),
            ("\\w+", "é", false), ("[[:alpha:]]+", "abc", true), ("[[:^alpha:]]", "1", true),
            ("(?i)ORDERS", "Orders", true), ("(?i:a)b", "AB", false), ("(?i:a)b", "Ab", true), ("(?i)é", "É", true),
            ("a(?i)b|c", "C", true), ("((?i)a)b", "AB", false), ("(?i)[^a]", "A", false),
            (".", "\n", false), ("(?s).", "\n", true), ("(?m)a$\\nb", "a\nb", true), ("a$\\nb", "a\nb", false),
            ("\\bab\\b", "ab", true), ("a\\Bb", "ab", true), ("a\\bb", "ab", false), ("\\x41\\x{1F600}", "A😀", true),
            ("\\Aa\\z", "a", true), ("()", "", true), ("(a*)*", "aaa", true), ("(|a)+", "aa", true),
            ("\\_\\-\\/", "_-/", true),
            ("a?b?c?", "ac", true), ("((a{0,2}){0,2}){0,2}", "aaaaaaaa", true),
            ("((a{0,2}){0,2}){0,2}", "aaaaaaaaa", false),
            ("[a\\]b]+", "a]b", true), ("[+--]", ",", true), ("[\\d-z]+", "1-z", true), (".", "👩🏽", false),
            ("..", "👩🏽", true), ("x*", "xxxxy", false),
        ] as [(String, String, Bool)]
    )
    func `a pattern tells of the whole text`(pattern: String, text: String, matches: Bool) throws {
        #expect(try LabelPattern(pattern).matches(text) == matches)
    }

    @Test(arguments: [
        "(", ")", "a)", "[", "[a", "[]", "[b-a]", "*", "+a", "a**", "a{2}{3}", "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b",
        "\\1", "(a)\\1", "\\", "\\pL", "\\Q", "\\y", "a{1001}", "a{3,2}", "[[:nothing:]]", "(?i", "(?", "(?P",
        "(?P<>a)", "(?z)a",
        "\\x4", "\\xZZ", "\\x{110000}", "\\x{41", "(?i)*", "a|*", "[a-\\d]", "(?P=n)", "[[:alpha",
    ])
    func `what RE2 would not take is refused`(pattern: String) {
        #expect(throws: LabelPattern.Fault.self) { try LabelPattern(pattern) }
    }

    @Test func `repetitions in repetitions are bounded`() {
        #expect(throws: LabelPattern.Fault.tooManyStates) { try LabelPattern("((a{1000}){1000}){1000}") }
        #expect(throws: Never.self) { try LabelPattern("((){1000}){1000}") }
    }

    @Test func `a pattern has a greatest length`() {
        #expect(throws: LabelPattern.Fault.tooLong(scalars: 1025)) {
            try LabelPattern(String(repeating: "a", count: 1025))
        }
        #expect(throws: LabelPattern.Fault.self) { try LabelPattern(String(repeating: "(", count: 1024)) }
        #expect(throws: Never.self) { try LabelPattern(String(repeating: "a", count: 1024)) }
    }

    @Test func `what takes a backtracking engine for ever takes no time`() throws {
        let text = String(repeating: "a", count: 2000) + "!"
        #expect(try !LabelPattern("(a+)+b|(a|aa)+c|(.*)*d").matches(text))
    }

    @Test func `it agrees with Swift's engine on random patterns`() throws {
        var generator = SeededGenerator(seed: 7)
        var compared = 0
        for _ in 0..<3000 {
            let source = Self.randomPattern(&generator, depth: 3)
            let regex = try Regex(source).matchingSemantics(.unicodeScalar)
            let pattern = try LabelPattern(source)
            for _ in 0..<4 {
                let text = (0..<generator.number(0...5)).map { _ in generator.pick(["a", "b", "c"]) }.joined()
                let expected = try regex.wholeMatch(in: text) != nil
                #expect(pattern.matches(text) == expected, "\(source) on '\(text)'")
                compared += 1
            }
        }
        #expect(compared == 12_000)
    }

    private static func randomPattern(_ generator: inout SeededGenerator, depth: Int) -> String {
        let parts = (0..<generator.number(1...3)).map { _ in
            let isAtom = depth == 0 || !generator.oneIn(3)
            let atom =
                isAtom
                ? generator.pick(["a", "b", "[ab]", "[^a]", ".", "c"])
                : "(?:\(randomPattern(&generator, depth: depth - 1)))"
            // What may be empty is not repeated: engines differ on how often.
            return atom + (isAtom ? generator.pick(["", "", "*", "+", "?", "{1,2}"]) : generator.pick(["", "?"]))
        }
        let joined = parts.joined()
        return depth > 0 && generator.oneIn(4) ? joined + "|" + randomPattern(&generator, depth: depth - 1) : joined
    }
}
