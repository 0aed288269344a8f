import Digests

extension Configuration.Alerts.Receiver {
    /// The name of a receiver that has none in the file: the same as long as its address is, and saying no more of the address than
    /// its origin, since the path of a chat service's webhook is its secret.
    ///
    /// Eight digits tell the webhooks of one host apart and are too few to try passwords against.
    static func name(of kind: String, at url: Configuration.WebAddress) -> String {
        let origin = "\(kind) \(url.origin)"
        guard url.text != url.origin else { return origin }
        return "\(origin) \(SHA256.digest(of: Array(url.text.utf8)).prefix(4).hexadecimal)"
    }
}
