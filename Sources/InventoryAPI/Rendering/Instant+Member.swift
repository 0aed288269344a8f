import ClusterLinks
import ExactJSON

extension [UInt8] {
    /// Appends a member that is an instant, or null.
    mutating func appendMember(_ name: StaticString, instant: Instant?) {
        appendName(name)
        guard let instant else { return append(contentsOf: "null".utf8) }
        append(UInt8(ascii: "\""))
        instant.write(into: &self)
        append(UInt8(ascii: "\""))
    }
}
