package import HTTPTypes

/// What the simulated upstream says to one request, and how badly it is carried.
package struct SimulatedAnswer: Sendable, Equatable {
    package enum Content: Sendable, Equatable {
        /// JSON that a fault may still rearrange.
        case document(WireValue)
        /// Final bytes.
        case bytes([UInt8])
    }

    /// Where an answer breaks off.
    package enum Break: Sendable, Equatable {
        /// The connection is closed in order after so many bytes of the body; the declared length stays.
        case close(after: Int)
        /// The connection is reset after so many bytes of the body.
        case reset(after: Int)
        /// The connection is reset before any answer.
        case silence
    }

    /// How slowly a body is sent.
    package struct Pace: Sendable, Equatable {
        package var bytes: Int
        package var every: Duration
    }

    package var status: Int
    /// Without the length, which the server adds.
    package var fields: HTTPFields = [:]
    package var content: Content
    package var delay: Duration = .zero
    package var pace: Pace?
    package var breaksOff: Break?
    /// False sends the body in chunks, with no word of its length before it has come.
    package var declaresLength = true

    package init(status: Int = 200, json: WireValue) {
        self.status = status
        fields[.contentType] = "application/json"
        content = .document(json)
    }

    package init(status: Int, contentType: String? = nil, bytes: [UInt8] = []) {
        self.status = status
        fields[.contentType] = contentType
        content = .bytes(bytes)
    }

    /// Takes over what another answer says, and keeps how badly this one is carried.
    mutating func say(_ other: SimulatedAnswer) {
        status = other.status
        fields = other.fields
        content = other.content
    }

    /// The body as it would be sent whole.
    package var body: [UInt8] {
        switch content {
        case .document(let document): document.bytes
        case .bytes(let bytes): bytes
        }
    }

    /// The JSON of the body, where it is still that.
    package var document: WireValue? {
        if case .document(let document) = content { document } else { nil }
    }
}

extension SimulatedAnswer {
    /// An error in Kafka REST's own shape.
    static func failure(_ status: Int, code: Int? = nil, _ message: String?) -> SimulatedAnswer {
        SimulatedAnswer(status: status, json: ErrorBody.json(code: code ?? status, message: message))
    }

    /// The page of the container in front of Kafka REST, which knows the path but no `error_code`.
    static func page(_ status: Int, request: UpstreamRequest) -> SimulatedAnswer {
        let path = "/kafka/v3/clusters/\(request.clusterID)\(request.operation.path)"
        return SimulatedAnswer(
            status: status,
            contentType: "text/html;charset=iso-8859-1",
            bytes: ErrorBody.page(status: status, phrase: ErrorBody.phrase(for: status), path: path)
        )
    }

    static func invalidLinkName() -> SimulatedAnswer { failure(400, "Invalid Cluster Link Name.") }
    static func missingCluster(_ id: String) -> SimulatedAnswer { failure(404, "Cluster \(id) cannot be found.") }
    static func missingLink() -> SimulatedAnswer { failure(404, "The cluster link doesn't exist.") }
}
