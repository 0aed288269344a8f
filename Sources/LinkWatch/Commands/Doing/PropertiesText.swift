/// Settings as Java writes them, in which Kafka's own tools take them
/// (https://docs.oracle.com/en/java/javase/21/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)).
enum PropertiesText {
    /// Where a text is none, and why; never what stands there.
    struct Fault: Error, Equatable {
        let line: Int
        let reason: String
    }

    static func settings(in text: String) throws(Fault) -> [(name: String, value: String)] {
        var settings: [(name: String, value: String)] = []
        var (pending, begun) = ("", 0)
        let lines = text.split(omittingEmptySubsequences: false) { $0.isNewline }
        for (index, line) in lines.enumerated() {
            let content = line.drop(while: \.isBlank)
            if pending.isEmpty {
                guard let first = content.first, first != "#", first != "!" else { continue }
                begun = index + 1
            }
            pending += content
            // An odd number of backslashes at the end: the line goes on in the next one.
            guard pending.reversed().prefix(while: { $0 == "\\" }).count.isMultiple(of: 2) else {
                pending.removeLast()
                continue
            }
            settings.append(try setting(pending, line: begun))
            pending = ""
        }
        if !pending.isEmpty { settings.append(try setting(pending, line: begun)) }
        return settings
    }

    private static func setting(_ line: String, line number: Int) throws(Fault) -> (name: String, value: String) {
        var rest = Substring(line)
        let name = try unescaped(&rest, line: number) { $0 == "=" || $0 == ":" || $0.isBlank }
        guard !name.isEmpty else { throw Fault(line: number, reason: "a setting needs a name before its =") }
        rest = rest.drop(while: \.isBlank)
        guard rest.first == "=" || rest.first == ":" else {
            throw Fault(line: number, reason: "a setting needs a = and a value after its name")
        }
        rest = rest.dropFirst().drop(while: \.isBlank)
        return (name, try unescaped(&rest, line: number) { _ in false })
    }

    /// Takes characters up to one that ends them and is not escaped.
    private static func unescaped(
        _ rest: inout Substring,
        line: Int,
        until isEnd: (Character) -> Bool
    ) throws(Fault) -> String {
        var units: [UInt16] = []
        while let character = rest.first, !isEnd(character) {
            rest.removeFirst()
            guard character == "\\", let escaped = rest.popFirst() else {
                units += String(character).utf16
                continue
            }
            switch escaped {
            case "t": units.append(0x09)
            case "n": units.append(0x0A)
            case "r": units.append(0x0D)
            case "f": units.append(0x0C)
            case "u":
                guard rest.prefix(4).allSatisfy(\.isHexDigit), let unit = UInt16(rest.prefix(4), radix: 16),
                    rest.count >= 4
                else {
                    throw Fault(line: line, reason: "\\u takes four hexadecimal digits")
                }
                units.append(unit)
                rest.removeFirst(4)
            default: units += String(escaped).utf16
            }
        }
        return String(decoding: units, as: UTF16.self)
    }
}

extension Character {
    fileprivate var isBlank: Bool { self == " " || self == "\t" || self == "\u{0C}" }
}
