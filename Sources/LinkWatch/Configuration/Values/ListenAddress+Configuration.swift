import HTTPServing

/// What the configuration demands of an address beyond what the server does.
extension ListenAddress {
    /// `sun_path` of Linux holds 108 bytes with the closing zero (unix(7)); Darwin's 104.
    private static let maximumPathBytes = 103

    /// Reads an address whose host can be one and whose path does not depend on the working folder.
    init(configured text: String) throws(Refusal) {
        do throws(ListenAddressError) {
            self = try Self(parsing: text)
        } catch {
            throw Refusal(error.sentence)
        }
        switch self {
        case .ip(let host, _):
            guard host.isEmpty || HostName.isValid(host) else {
                throw Refusal(ListenAddressError.badHost(text).sentence)
            }
        case .unix(let path):
            guard path.hasPrefix("/") else { throw Refusal("needs an absolute path after unix:") }
            guard path.utf8.count <= Self.maximumPathBytes, !path.utf8.contains(0) else {
                throw Refusal("has a path of more than \(Self.maximumPathBytes) bytes")
            }
        case .systemd: break
        }
    }

    /// Whether nothing tells that other machines can reach it; of what is handed over only the start can tell.
    var isLoopback: Bool {
        switch self {
        case .ip(let host, _): HostName.isLoopback(host)
        case .unix, .systemd: true
        }
    }
}
