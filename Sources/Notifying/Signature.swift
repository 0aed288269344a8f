import Crypto

/// What proves to a webhook who made a message, and when: `t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`.
///
/// The time is part of what is signed, so that a receiver which refuses old ones cannot be shown a message again later.
struct Signature {
    let text: String

    init(of body: [UInt8], at now: Duration, secret: String) {
        let seconds = now.components.seconds
        var code = HMAC<SHA256>(key: SymmetricKey(data: Array(secret.utf8)))
        code.update(data: Array("\(seconds).".utf8))
        code.update(data: body)
        let digits = Array("0123456789abcdef")
        let hex = code.finalize().reduce(into: "") {
            $0.append(digits[Int($1 >> 4)])
            $0.append(digits[Int($1 & 15)])
        }
        text = "t=\(seconds),v1=\(hex)"
    }
}
