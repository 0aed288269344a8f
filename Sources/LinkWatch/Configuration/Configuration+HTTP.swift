package import HTTPServing

extension Configuration {
    /// How the HTTP server presents and protects itself.
    package struct HTTP: Sendable, Equatable {
        /// Under which users reach it, for links in notifications; nil where it is not known.
        package var publicURL: WebAddress?
        /// Names that a request's `Host` may have, against DNS rebinding; in lower case, without port.
        package var allowedHosts: [String] = []
        /// Origins whose pages may read answers; none unless given.
        package var corsOrigins: [String] = []
        /// The rights of unix sockets, as in chmod(2).
        package var socketMode = HTTPServerConfiguration.ownerAndGroup
        /// Whether each request is a line of the log.
        package var accessLog = false
        package var limits = HTTPLimits()
        package var timeouts = HTTPTimeouts()

        package init() {}
    }
}

extension Configuration.HTTP {
    init(reading section: Section?) {
        self.init()
        guard let section else { return }
        let publicSetting = section["public_url"]
        publicURL = publicSetting?.parsed { text throws(Refusal) in
            try Configuration.WebAddress(parsing: text, parts: .path)
        }
        allowedHosts = section["allowed_hosts"]?.items()?.compactMap { $0.parsed(Self.host) } ?? []
        corsOrigins = section["cors_origins"]?.items()?.compactMap { $0.parsed(Self.origin) } ?? []
        if let mode = section["socket_mode"]?.parsed(Self.mode) { socketMode = mode }
        if let accessLog = section["access_log"]?.flag() { self.accessLog = accessLog }
        limits = HTTPLimits(reading: section["limits"]?.section())
        timeouts = HTTPTimeouts(reading: section["timeouts"]?.section())
        section.close()

        if let publicURL, !allowedHosts.isEmpty, !allowedHosts.contains(publicURL.host) {
            publicSetting?.warn("its host \(publicURL.host) is not among allowed_hosts")
        }
    }

    private static func host(_ text: String) throws(Refusal) -> String {
        let host = text.hasPrefix("[") && text.hasSuffix("]") ? String(text.dropFirst().dropLast()) : text
        guard HostName.isValid(host) else {
            throw Refusal("expected a host's name or address, without scheme and port")
        }
        return host.lowercased()
    }

    private static func origin(_ text: String) throws(Refusal) -> String {
        guard text != "*" else { throw Refusal("opens the answers to every page; name each origin", quotes: false) }
        return try Configuration.WebAddress(parsing: text).originOfPages
    }

    private static func mode(_ text: String) throws(Refusal) -> UInt16 {
        guard (3...4).contains(text.count), let mode = UInt16(text, radix: 8), mode <= 0o777, text.first != "+" else {
            throw Refusal("expected three octal digits such as 0660")
        }
        return mode
    }
}

extension HTTPLimits {
    fileprivate init(reading section: Section?) {
        self.init()
        guard let section else { return }
        if let count = section["connections"]?.integer(in: 1...1_000_000) { connections = count }
        if let count = section["per_address"]?.integer(in: 1...1_000_000) { connectionsPerAddress = count }
        if let count = section["requests_per_connection"]?.integer(in: 1...1_000_000_000) {
            requestsPerConnection = count
        }
        if let size = section["request_line"]?.size(in: 128...(1 << 20)) { requestLine = size }
        if let count = section["header_count"]?.integer(in: 1...10_000) { headerCount = count }
        if let size = section["header_bytes"]?.size(in: 1024...(16 << 20)) { headerBytes = size }
        if let size = section["body"]?.size(in: 1024...(1 << 30)) { body = size }
        section.close()
    }
}

extension HTTPTimeouts {
    private static let times: ClosedRange<Duration> = .milliseconds(10) ... .seconds(86_400)

    fileprivate init(reading section: Section?) {
        self.init()
        guard let section else { return }
        if let time = section["head"]?.duration(in: Self.times) { head = time }
        if let time = section["body"]?.duration(in: Self.times) { body = time }
        if let time = section["idle"]?.duration(in: Self.times) { idle = time }
        if let time = section["write"]?.duration(in: Self.times) { write = time }
        section.close()
    }
}
