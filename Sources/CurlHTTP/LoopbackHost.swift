import Foundation

/// Tells the machine itself from all others: no proxy is asked to connect to it.
package enum LoopbackHost {
    /// Takes a host as `CurlTarget` gives it: lower case, IPv6 in brackets, IPv4 with four decimal parts.
    package static func contains(_ host: String) -> Bool {
        // RFC 6761 section 6.3: every name under localhost is loopback.
        let name = host.hasSuffix(".") ? String(host.dropLast()) : host
        if name == "localhost" || name.hasSuffix(".localhost") { return true }
        var ipv4 = in_addr()
        if inet_pton(AF_INET, name, &ipv4) == 1 { return UInt32(bigEndian: ipv4.s_addr) >> 24 == 127 }
        guard name.hasPrefix("["), name.hasSuffix("]") else { return false }
        var ipv6 = in6_addr()
        let literal = name.dropFirst().dropLast().prefix { $0 != "%" }
        guard inet_pton(AF_INET6, String(literal), &ipv6) == 1 else { return false }
        let bytes = withUnsafeBytes(of: ipv6) { Array($0) }
        let isOne = bytes.dropLast().allSatisfy { $0 == 0 } && bytes[15] == 1
        // RFC 4291 section 2.5.5.2: ::ffff:127.0.0.1 is 127.0.0.1.
        let isMapped = bytes[..<10].allSatisfy { $0 == 0 } && bytes[10...11].allSatisfy { $0 == 0xFF }
        return isOne || isMapped && bytes[12] == 127
    }
}
