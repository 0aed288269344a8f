import Foundation

/// A `sockaddr` of any family together with its length.
struct SocketAddress {
    private(set) var storage: sockaddr_storage
    private(set) var length: socklen_t

    init(_ storage: sockaddr_storage, length: socklen_t) {
        self.storage = storage
        self.length = length
    }

    /// Copies an address that the system handed out.
    init(copying address: UnsafePointer<sockaddr>, length: socklen_t) {
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { bytes in
            bytes.copyMemory(from: UnsafeRawBufferPointer(start: address, count: min(Int(length), bytes.count)))
        }
        self.init(storage, length: length)
    }

    /// The longest path a unix socket can have, its terminating NUL left out.
    static let unixPathLimit = MemoryLayout.size(ofValue: sockaddr_un().sun_path) - 1

    /// The address of a unix socket; nil when the path is too long.
    init?(unixPath path: String) {
        guard path.utf8.count <= Self.unixPathLimit else { return nil }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { bytes in bytes.copyBytes(from: path.utf8) }
        var storage = sockaddr_storage()
        withUnsafeMutableBytes(of: &storage) { target in
            withUnsafeBytes(of: &address) { target.copyMemory(from: $0) }
        }
        self.init(storage, length: socklen_t(MemoryLayout<sockaddr_un>.size))
    }

    /// The address a socket is bound to.
    init?(boundTo descriptor: Int32) {
        var storage = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let result = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        guard result == 0 else { return nil }
        self.init(storage, length: length)
    }

    var family: Int32 { Int32(storage.ss_family) }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// Sets the port of an IP address.
    mutating func set(port: UInt16) {
        withUnsafeMutableBytes(of: &storage) { bytes in
            // sin_port and sin6_port lie at the same place.
            bytes.storeBytes(of: port.bigEndian, toByteOffset: 2, as: UInt16.self)
        }
    }

    /// The numeric host and the port; nil where the family is not IP.
    var ip: (host: String, port: UInt16)? {
        guard family == AF_INET || family == AF_INET6 else { return nil }
        let port = withUnsafeBytes(of: storage) { UInt16(bigEndian: $0.load(fromByteOffset: 2, as: UInt16.self)) }
        var text = [CChar](repeating: 0, count: 64)
        let offset = family == AF_INET ? 4 : 8
        let isKnown = withUnsafeBytes(of: storage) { bytes in
            guard let base = bytes.baseAddress else { return false }
            return inet_ntop(family, base + offset, &text, socklen_t(text.count)) != nil
        }
        guard isKnown else { return nil }
        let host = String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        // RFC 4291 §2.5.5.2: an IPv4 client of a socket that serves both families.
        let mapped = "::ffff:"
        if host.hasPrefix(mapped), host.contains(".") { return (String(host.dropFirst(mapped.count)), port) }
        return (host, port)
    }

    /// The path of a unix socket, with an `@` in the place of the NUL that begins an abstract name; nil for another family.
    private var unixPath: String? {
        guard family == AF_UNIX else { return nil }
        let start = MemoryLayout<sockaddr_un>.offset(of: \.sun_path) ?? 0
        let bytes = withUnsafeBytes(of: storage) { Array($0[start..<max(start, min(Int(length), $0.count))]) }
        guard bytes.first == 0 else { return String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self) }
        return "@" + String(decoding: bytes.dropFirst(), as: UTF8.self)
    }

    /// What a listener there is known by; nil for a family that is neither IP nor unix.
    var bound: BoundAddress? {
        ip.map { .ip(host: $0.host, port: $0.port) } ?? unixPath.map { .unix(path: $0) }
    }

    var peer: PeerAddress { ip.map { .ip(host: $0.host, port: $0.port) } ?? .unix }
}
