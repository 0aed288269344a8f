import Foundation
import HTTPServing

/// Who is taken for one when attempts are counted: an IPv4 address, the 64 bits of an IPv6 address that one customer has
/// (RFC 6177 §2), or whoever comes through a unix socket.
struct PeerNetwork: Hashable, CustomStringConvertible {
    let description: String

    init(_ peer: PeerAddress) {
        switch peer {
        case .unix: description = "unix"
        case .ip(let host, _): description = Self.prefix(ofIPv6: host) ?? host
        }
    }

    private static func prefix(ofIPv6 host: String) -> String? {
        guard host.utf8.contains(UInt8(ascii: ":")) else { return nil }
        var bytes = [UInt8](repeating: 0, count: 16)
        // A zone names an interface, which is no part of the address (RFC 4007 §11).
        guard inet_pton(AF_INET6, String(host.prefix { $0 != "%" }), &bytes) == 1 else { return nil }
        for index in 8..<16 { bytes[index] = 0 }
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        guard inet_ntop(AF_INET6, bytes, &text, socklen_t(text.count)) != nil else { return nil }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self) + "/64"
    }
}
