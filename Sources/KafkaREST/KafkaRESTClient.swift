package import ClusterLinks

/// Unpacks a gzip body; nil where it is damaged.
///
/// What it throws is shown; a `TransportFailure` also gives its reason, so that a bomb is `too_large`.
package typealias Unpack = @Sendable ([UInt8]) throws -> [UInt8]?

/// Reads the links of one cluster from Confluent's Kafka REST v3.
///
/// Keeps nothing between calls. Each call is any number of requests one after the other, ends soon after its task is
/// cancelled, and either brings the whole of what was asked for or fails: never a part (truth rules 1 and 2).
package struct KafkaRESTClient: Sendable {
    package let endpoint: Endpoint
    let credentials: Credentials
    let transport: any Transport
    let unpack: Unpack
    private let limits: Limits
    private let now: @Sendable () -> Instant

    /// - Parameters:
    ///   - unpack: for a body that is gzip and does not say so; bounded by whoever gives it.
    ///   - now: the wall clock, against which dates of an upstream without a clock are held.
    package init(
        endpoint: Endpoint,
        credentials: Credentials = .none,
        transport: any Transport,
        unpack: @escaping Unpack = { _ in nil },
        limits: Limits = Limits(),
        now: @escaping @Sendable () -> Instant
    ) {
        self.endpoint = endpoint
        self.credentials = credentials
        self.transport = transport
        self.unpack = unpack
        self.limits = limits
        self.now = now
    }

    /// Sends one GET; only a 2xx comes back.
    func answer(from url: String) async throws(PollFailure) -> Answer {
        guard !Task.isCancelled else { throw .cancelled() }
        let authorization = try await Authorization(credentials)
        let request = TransportRequest(
            url: url,
            headers: [Header("Accept", "application/json")] + authorization.headers
        )
        let response: TransportResponse
        do throws(TransportFailure) {
            response = try await transport.send(request)
        } catch {
            throw PollFailure(error, hiding: authorization.secrets)
        }
        let (body, fault) = unpacked(response.body, status: response.status)
        let plain = TransportResponse(status: response.status, headers: response.headers, body: body)
        if let failure = PollFailure(plain, now: now(), hiding: authorization.secrets) { throw failure }
        if let fault { throw fault }
        return Answer(status: response.status, body: body, secrets: authorization.secrets)
    }

    /// The body itself where it is no gzip or cannot be unpacked; the latter is a fault only if the status is no other.
    private func unpacked(_ body: [UInt8], status: Int) -> ([UInt8], PollFailure?) {
        guard body.isGzip else { return (body, nil) }
        do {
            if let plain = try unpack(body) { return (plain, nil) }
            return (body, PollFailure(.malformed, httpStatus: status, message: "the gzip body is damaged"))
        } catch let failure as TransportFailure {
            let reason = FailureReason(transport: failure.reason)
            return (body, PollFailure(reason, httpStatus: status, message: failure.message))
        } catch {
            return (body, PollFailure(.malformed, httpStatus: status, message: "the gzip body is damaged: \(error)"))
        }
    }
}

extension KafkaRESTClient {
    /// Lists the cluster's links, following `metadata.next` where a server sets it.
    ///
    /// - Parameter digest: the last answer's; if the bodies are the same, none is decoded further than to find the next.
    package func links(unlessDigest digest: ContentDigest? = nil) async throws(PollFailure) -> ListAnswer {
        var pages = PageTrail(from: endpoint.links, limits: limits)
        while let address = pages.next {
            let answer = try await answer(from: address.text)
            if try pages.take(answer, from: address, unlessDigest: digest) == .unchanged { return .unchanged }
        }
        let found = pages.digest
        return found == digest ? .unchanged : .list(try pages.list(), found)
    }

    /// Reads one link; a link that the cluster does not have is the failure `not_found`.
    ///
    /// - Parameter digest: the last answer's with the same `includeTasks`; if the body is the same, it is not decoded.
    package func link(
        _ name: LinkName,
        includeTasks: Bool,
        unlessDigest digest: ContentDigest? = nil
    ) async throws(PollFailure) -> LinkAnswer {
        guard let url = endpoint.linkURL(name, includeTasks: includeTasks) else {
            throw PollFailure(
                .badRequest,
                message: "a link named \(name) cannot be asked for: its path means another place"
            )
        }
        let answer = try await answer(from: url)
        let found = ContentDigest(of: answer.body)
        guard found != digest else { return .unchanged }
        let value = try answer.json()
        do throws(LinkRecordFault) {
            let record = try LinkRecord(value)
            let item = try record.item(named: name)
            return .link(LinkReading(item: item, tasks: includeTasks ? try record.tasks() : nil, digest: found))
        } catch {
            throw answer.malformed("\(error)", in: value)
        }
    }
}
