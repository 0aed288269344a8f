/// A number of bytes as people read it.
package struct ByteCount: CustomStringConvertible {
    package let bytes: Int64

    package init(_ bytes: Int64) { self.bytes = bytes }

    /// With one digit after the point, in the largest unit of which there is at least one: `48.1 MiB`.
    package var description: String {
        var (value, unit) = (Double(bytes), 0)
        while value >= 1024, unit < Self.units.count - 1 { (value, unit) = (value / 1024, unit + 1) }
        guard unit > 0 else { return "\(bytes) bytes" }
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(tenths % 10) \(Self.units[unit])"
    }

    private static let units = ["bytes", "KiB", "MiB", "GiB", "TiB"]
}
