import ExactJSON

/// The envelope of every list: `{"data":[…],"next_cursor":…}`.
enum JSONList {
    static func encoded(_ items: [[UInt8]], nextCursor: String?, more: JSONObject = [:]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(items.reduce(64) { $0 + $1.count + 1 })
        bytes.append(contentsOf: #"{"data":["#.utf8)
        for (index, item) in items.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            bytes.append(contentsOf: item)
        }
        bytes.append(contentsOf: #"],"next_cursor":"#.utf8)
        JSONValue.optional(nextCursor).write(into: &bytes)
        for member in more.members {
            bytes.append(UInt8(ascii: ","))
            bytes.appendJSON(string: member.name)
            bytes.append(UInt8(ascii: ":"))
            member.value.write(into: &bytes)
        }
        bytes.append(UInt8(ascii: "}"))
        return bytes
    }
}
