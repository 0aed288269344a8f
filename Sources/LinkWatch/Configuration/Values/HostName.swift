import Foundation

/// What may stand where a host is named: a DNS name, an IPv4 address, or an IPv6 address without its brackets.
enum HostName {
    static func isValid(_ host: String) -> Bool {
        if host.contains(":") { return isIPv6(host) }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        guard host.utf8.count <= 253, labels.allSatisfy(isLabel) else { return false }
        // A last label of digits makes it an IPv4 address or nothing (WHATWG URL, "ends in a number checker").
        guard let last = labels.last, last.allSatisfy(\.isNumber) else { return true }
        return ipv4(host) != nil
    }

    /// Whether only this machine can reach a listener there: 127.0.0.0/8 (RFC 1122 §3.2.1.3), ::1 (RFC 4291 §2.5.3), the
    /// former mapped into the latter's space, and `localhost` (RFC 6761 §6.3).
    static func isLoopback(_ host: String) -> Bool {
        if host.lowercased() == "localhost" { return true }
        if let address = ipv4(host) { return address[0] == 127 }
        guard let address = ipv6(host) else { return false }
        if address[..<10].allSatisfy({ $0 == 0 }), address[10] == 0xFF, address[11] == 0xFF {
            return address[12] == 127
        }
        return address == [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1]
    }

    static func isIPv6(_ host: String) -> Bool {
        ipv6(host) != nil
    }

    private static func ipv4(_ host: String) -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 4)
        return inet_pton(AF_INET, host, &bytes) == 1 ? bytes : nil
    }

    private static func ipv6(_ host: String) -> [UInt8]? {
        // A zone ("fe80::1%eth0", RFC 4007 §11) names an interface, which is no part of the address.
        let address = host.prefix { $0 != "%" }
        guard address.endIndex == host.endIndex || host[address.endIndex...].count > 1 else { return nil }
        var bytes = [UInt8](repeating: 0, count: 16)
        return inet_pton(AF_INET6, String(address), &bytes) == 1 ? bytes : nil
    }

    /// RFC 1123 §2.1, with the underscore that container networks use.
    private static func isLabel(_ label: Substring) -> Bool {
        guard (1...63).contains(label.utf8.count), label.first != "-", label.last != "-" else { return false }
        return label.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-" || $0 == "_") }
    }
}
