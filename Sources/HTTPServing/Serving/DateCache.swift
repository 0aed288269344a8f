/// The `Date` line (RFC 9110 §6.6.1), written out once a second.
struct DateCache: Sendable {
    private var second: Int64 = .min
    private(set) var line: [UInt8] = []

    mutating func update(to second: Int64) {
        guard second != self.second else { return }
        self.second = second
        line = Array("Date: \(HTTPDate.text(secondsSince1970: second))\r\n".utf8)
    }
}
