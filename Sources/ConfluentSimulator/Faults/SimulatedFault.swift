package import HTTPTypes

/// One way in which a cluster answers wrongly, for some of its requests and for some time.
///
/// Several at once are applied in the order in which they were injected: `oversized` then `gzip` is a small transfer of
/// a huge body, `delay` then `status` a late refusal.
package struct SimulatedFault: Sendable, Equatable {
    /// What goes wrong.
    package enum Kind: Sendable, Equatable {
        /// Refuses with a status; nothing is done. See `Refusal`.
        case status(Refusal)
        /// Answers only after a while.
        case delay(Duration)
        /// Sends the body in small pieces with a pause after each.
        case drip(bytes: Int, every: Duration)
        /// Resets the connection, before any answer or with nil replaced by so many bytes of the body.
        case reset(after: Int?)
        /// Closes the connection in order after so many bytes of a body whose whole length was declared.
        case truncate(after: Int)
        /// Says 200 and `application/json`, and sends so many bytes that are neither JSON nor UTF-8.
        case garbage(bytes: Int)
        /// Compresses the body, and says so in `Content-Encoding` or does not.
        case gzip(declared: Bool)
        /// Pads the body with white space, which JSON allows, up to so many bytes.
        case oversized(bytes: Int)
        /// Sends the body without its length, in chunks.
        case chunked
        /// Says 200 and sends nothing.
        case empty
        /// Replaces `data` of a list; nil leaves it out.
        case data(WireValue?)
        /// Adds an item to `data` of a list.
        case item(WireValue)
        /// Repeats the first item of a list, equal or with another content under the same id.
        case duplicate(different: Bool)
        /// Divides a list into pages of that size, joined by `metadata.next`; with an origin (`http://host:port`) the
        /// next pages are claimed to lie there.
        case paginate(size: Int, origin: String?)
        /// Answers with exactly these bytes.
        case body(status: Int, contentType: String, bytes: [UInt8])
    }

    /// Which requests it meets.
    package enum Scope: String, Sendable, CaseIterable {
        case all
        case lists
        /// Single GETs.
        case links
        /// Settings and mirror topics of links.
        case details
        /// Creations and deletions.
        case writes
    }

    package var kind: Kind
    package var scope: Scope
    /// Only requests that name this link; nil is any.
    package var linkName: String?
    /// How many requests it still meets; nil lasts until it is cleared.
    package var remaining: Int?

    package init(_ kind: Kind, on scope: Scope = .all, linkName: String? = nil, count: Int? = nil) {
        self.kind = kind
        self.scope = scope
        self.linkName = linkName
        remaining = count
    }

    /// Whether this fault is for that request.
    package func meets(_ operation: UpstreamRequest.Operation) -> Bool {
        if let linkName, operation.linkName != linkName { return false }
        return switch (scope, operation) {
        case (.all, _), (.lists, .listLinks), (.links, .getLink), (.details, .listConfigs), (.details, .listMirrors),
            (.writes, .createLink), (.writes, .deleteLink):
            true
        default: false
        }
    }

    /// Whether the request is turned away before anything is done for it.
    var isRefusal: Bool {
        if case .status = kind { true } else { false }
    }
}

extension SimulatedFault {
    /// An error status with the body that comes with it.
    package struct Refusal: Sendable, Equatable {
        package enum Body: Sendable, Equatable {
            /// `{"error_code", "message"}`; a nil code is the one usual for the status.
            case json(code: Int?, message: String?)
            /// A page of the servlet container in front of Kafka REST.
            case html
            case none
        }

        package var status: Int
        package var body: Body
        package var fields: HTTPFields

        package init(_ status: Int, body: Body = .json(code: nil, message: nil), fields: HTTPFields = [:]) {
            self.status = status
            self.body = body
            self.fields = fields
        }
    }

    /// A 429 as Confluent sends it: an HTML page and, unless `retryAfter` is given, no word about when to come again.
    package static func rateLimit(retryAfter: String? = nil, count: Int? = nil) -> SimulatedFault {
        let fields: HTTPFields = retryAfter.map { [.retryAfter: $0] } ?? [:]
        return SimulatedFault(.status(Refusal(429, body: .html, fields: fields)), count: count)
    }

    /// A refusal with Kafka REST's JSON body.
    package static func status(_ status: Int, on scope: Scope = .all, count: Int? = nil) -> SimulatedFault {
        let message = ErrorBody.phrase(for: status)
        return SimulatedFault(
            .status(Refusal(status, body: .json(code: nil, message: message))),
            on: scope,
            count: count
        )
    }
}
