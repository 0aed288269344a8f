import ExactJSON

/// The envelope of every list: `{"data":[…],"next_cursor":…}`.
enum JSONList {
    static func encoded(_ items: [[UInt8]], nextCursor: String?, more: JSONObject = [:]) -> [UInt8] {
        encoded(items, nextCursor: nextCursor, more: more, size: items.reduce(64) { $0 + $1.count + 1 }) {
            $1.append(contentsOf: $0)
        }
    }

    /// - Parameters:
    ///   - size: about how many bytes it will be.
    ///   - write: appends one item.
    static func encoded<Item>(
        _ items: some Sequence<Item>,
        nextCursor: String?,
        more: JSONObject = [:],
        size: Int = 4096,
        write: (Item, inout [UInt8]) -> Void
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(size)
        bytes.append(contentsOf: #"{"data":"#.utf8)
        bytes.appendArray(items, write)
        bytes.append(contentsOf: #","next_cursor":"#.utf8)
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
