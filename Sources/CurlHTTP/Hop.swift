/// One request of an exchange: the first, or the one that a redirect asks for.
struct Hop {
    /// Enough for a moved path and a slash; more is a circle.
    static let limit = 5

    enum Next {
        /// The answer is the caller's.
        case answer
        case follow(Hop)
        case refuse(String)
    }

    var method: String
    var url: String
    var body: [UInt8]?
    var target: CurlTarget
    /// Redirects that led here.
    var count = 0

    /// What to do with an answer (RFC 9110 section 15.4).
    ///
    /// The same headers, credentials among them, go to the next hop: it never leaves the origin.
    ///
    /// `location` is the absolute address that the answer points to, if it does.
    func next(status: Int, location: String?) -> Next {
        guard [301, 302, 303, 307, 308].contains(status), let location else { return .answer }
        guard count < Self.limit else { return .refuse("more than \(Self.limit) redirects") }
        let target: CurlTarget
        do throws(CurlHTTPError) {
            target = try CurlTarget(parsing: location)
        } catch {
            return .refuse("status \(status) to \(error.failure.url): \(error.failure.message)")
        }
        guard target.origin == self.target.origin else {
            return .refuse("status \(status) to another origin, \(target.origin)")
        }
        let becomesGet = status == 303 ? method != "HEAD" : status < 303 && method == "POST"
        return .follow(
            Hop(
                method: becomesGet ? "GET" : method,
                url: location,
                body: becomesGet ? nil : body,
                target: target,
                count: count + 1
            )
        )
    }
}

extension CurlTarget.Origin: CustomStringConvertible {
    var description: String { "\(scheme)://\(host):\(port)" }
}
