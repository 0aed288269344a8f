/// Sizes in bytes: `20GiB` and `512MiB` are powers of 1024, `1GB` is a power of 1000 (IEC 80000-13); a bare number is bytes.
enum SizeText {
    private static let units: [(name: String, bytes: Int)] = [
        ("B", 1), ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("TiB", 1 << 40), ("kB", 1000), ("KB", 1000),
        ("MB", 1_000_000), ("GB", 1_000_000_000), ("TB", 1_000_000_000_000),
    ]

    static func parse(_ text: String) throws(Refusal) -> Int {
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        let name = text[digits.endIndex...].drop { $0 == " " }
        guard !digits.isEmpty, let unit = name.isEmpty ? units.first : units.first(where: { $0.name == name }) else {
            let meant = units.first { $0.name.lowercased() == name.lowercased() }
            throw Refusal(
                "expected a size such as 512MiB, 20GiB or 1GB",
                suggestion: digits.isEmpty ? nil : meant.map { "\(digits)\($0.name)" }
            )
        }
        guard let count = Int(digits) else { throw Refusal("is too large a size") }
        let (bytes, overflows) = count.multipliedReportingOverflow(by: unit.bytes)
        guard !overflows else { throw Refusal("is too large a size") }
        return bytes
    }

    /// In the largest power of 1024 that leaves no rest.
    static func format(_ bytes: Int) -> String {
        let unit = units.last { $0.name.hasSuffix("iB") && bytes >= $0.bytes && bytes % $0.bytes == 0 }
        return unit.map { "\(bytes / $0.bytes)\($0.name)" } ?? "\(bytes)B"
    }
}
