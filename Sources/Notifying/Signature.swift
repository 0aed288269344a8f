import Digests

/// What proves to a webhook who made a message, and when: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`.
///
/// The time is part of what is signed, so that a receiver which refuses old ones cannot be shown a message again later.
struct Signature {
    let text: String

    init(of body: [UInt8], at now: Duration, secret: String) {
        let seconds = now.components.seconds
        let code = HMACSHA256.code(of: Array("\(seconds).".utf8) + body, key: Array(secret.utf8))
        text = "t=\(seconds),v1=\(code.hexadecimal)"
    }
}
