extension [UInt8] {
    /// Appends a member's name with its colon, after a comma where it is not the first of its object; the value is to follow.
    /// - Parameter name: needs no escape.
    package mutating func appendName(_ name: StaticString) {
        if last != UInt8(ascii: "{") { append(UInt8(ascii: ",")) }
        append(UInt8(ascii: "\""))
        name.withUTF8Buffer { append(contentsOf: $0) }
        append(UInt8(ascii: "\""))
        append(UInt8(ascii: ":"))
    }

    /// Appends a member whose value is JSON already.
    package mutating func appendMember(_ name: StaticString, written value: some Collection<UInt8>) {
        appendName(name)
        append(contentsOf: value)
    }

    /// Appends a member that is a string, or null.
    package mutating func appendMember(_ name: StaticString, string: String?) {
        appendName(name)
        if let string { appendJSON(string: string) } else { append(contentsOf: "null".utf8) }
    }

    package mutating func appendMember(_ name: StaticString, _ value: JSONValue) {
        appendName(name)
        value.write(into: &self)
    }

    /// Appends what a closure writes as the items of an array, with commas between them.
    package mutating func appendArray<Item>(
        _ items: some Sequence<Item>,
        _ write: (Item, inout [UInt8]) throws -> Void
    ) rethrows {
        append(UInt8(ascii: "["))
        var isFirst = true
        for item in items {
            if !isFirst { append(UInt8(ascii: ",")) }
            isFirst = false
            try write(item, &self)
        }
        append(UInt8(ascii: "]"))
    }
}
