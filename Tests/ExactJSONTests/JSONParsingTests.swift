import ExactJSON
import Testing

struct JSONParsingTests {
    @Test(arguments: [
        "null", "true", "false", "0", "-0", "1.10", "12345678901234567890123", "1e400", "-1.5E-7", "\"\"", "[]", "{}",
        #"{"b":1,"a":[null,{"c":"d"}]}"#, #""é\n\"\\""#,
    ])
    func compactTextsComeBackByteForByte(text: String) throws {
        #expect(String(decoding: try JSONValue(parsing: text).encoded, as: UTF8.self) == text)
    }

    @Test(arguments: [
        "", " ", "nul", "tru e", "01", "-", "1.", ".5", "1e", "+1", "NaN", "\"a", "\"\u{01}\"", #""\x""#, #""\u12g4""#,
        "[1,]", "[1 2]", "{\"a\"}", "{\"a\":1,}", "{a:1}", "1 2", "[", "'a'", "<html>",
    ])
    func whatIsNoJSONTextIsRefused(text: String) {
        #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
    }

    @Test(arguments: [
        (#""\u00e9""#, "é"), (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"), (#""\ude00x""#, "\u{FFFD}x"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"), (#""\/\b\f""#, "/\u{08}\u{0C}"),
    ])
    func escapesBecomeCharacters(text: String, expected: String) throws {
        #expect(try JSONValue(parsing: text) == .string(expected))
    }

    @Test func bytesThatAreNotUTF8AreRefusedWithTheirPlace() {
        #expect(throws: JSONError.invalidUTF8(offset: 1)) {
            try JSONValue(parsing: [UInt8(ascii: "\""), 0xFF, UInt8(ascii: "\"")])
        }
    }

    @Test func nestingIsBounded() throws {
        let deep = String(repeating: "[", count: 100_000)
        #expect(throws: JSONError.tooDeep(limit: 128, offset: 128)) { try JSONValue(parsing: deep) }
        let allowed = String(repeating: "[", count: 128) + String(repeating: "]", count: 128)
        #expect(String(decoding: try JSONValue(parsing: allowed).encoded, as: UTF8.self) == allowed)
    }

    @Test func aByteOrderMarkIsPassedOver() throws {
        #expect(try JSONValue(parsing: [0xEF, 0xBB, 0xBF] + Array("[1]".utf8)) == [1])
    }

    @Test func sortingReachesEveryDepthAndKeepsArrays() throws {
        let value = try JSONValue(parsing: #"{"b":[{"z":1,"a":2},1],"a":{"d":1,"c":2}}"#)
        let sorted = #"{"a":{"c":2,"d":1},"b":[{"a":2,"z":1},1]}"#
        #expect(String(decoding: value.sorted.encoded, as: UTF8.self) == sorted)
    }

    @Test(arguments: [(1.5, "1.5"), (3.0, "3"), (-0.25, "-0.25"), (1e300, "1e+300")])
    func doublesAreWrittenShort(value: Double, text: String) {
        #expect(String(decoding: JSONValue.double(value).encoded, as: UTF8.self) == text)
    }

    @Test func anyDamageToATextIsAValueOrAnErrorButNeverACrash() {
        let text = Array(#"{"data":[{"link_name":"aé","topic_names":["x",null,1.5e3],"ok":true}],"m":{}}"#.utf8)
        for index in text.indices {
            for byte in [UInt8(0), 0x22, 0x5C, 0x7B, 0x5D, 0xC3, 0x2C] {
                var damaged = text
                damaged[index] = byte
                _ = try? JSONValue(parsing: damaged)
                _ = try? JSONValue(parsing: Array(damaged[..<index]))
            }
        }
    }

    @Test(arguments: [2, 23, 24, 25, 100])
    func ofMembersWithOneNameTheLastStandsHoweverManyThereAre(count: Int) throws {
        let members = (0..<count).map { "\"n\($0)\":0" }
        let text = "{" + members.joined(separator: ",") + "}"
        #expect(String(decoding: try JSONValue(parsing: text).encoded, as: UTF8.self) == text)
        let doubled = "{" + (members + ["\"n1\":1"]).joined(separator: ",") + "}"
        let expected = text.replacing("\"n1\":0", with: "\"n1\":1")
        #expect(String(decoding: try JSONValue(parsing: doubled).encoded, as: UTF8.self) == expected)
    }
}
