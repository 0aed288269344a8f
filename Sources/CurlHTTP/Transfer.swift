import CCurl

/// One exchange in flight, from its first hop to its last; lives on the driver's thread.
final class Transfer {
    let exchange: Exchange
    let easy: EasyHandle
    private(set) var hop: Hop
    private(set) var collector: ResponseCollector
    private let continuation: CheckedContinuation<Exchange.Outcome, Never>
    private let userAgent: String
    /// What earlier hops took.
    private var spent: Duration = .zero

    init(
        _ exchange: Exchange,
        on easy: EasyHandle,
        userAgent: String,
        continuation: CheckedContinuation<Exchange.Outcome, Never>
    ) {
        self.exchange = exchange
        self.easy = easy
        self.userAgent = userAgent
        self.continuation = continuation
        hop = exchange.firstHop
        collector = ResponseCollector(for: exchange.request)
    }

    /// Makes the handle ready for the current hop.
    func prepare() throws(CurlCode) {
        let request = exchange.request
        let options = exchange.options
        try easy.reset()
        try easy.set(allowedProtocols: "http,https")
        try easy.setHTTP2OverTLS()
        try easy.setPatienceWithResolver()
        try easy.setDeadPeerDetection()
        try easy.setConnectionAges()
        try easy.setVerifiedTLS(caFile: options.caFile)
        if let certificate = options.clientCertificateFile {
            try easy.set(clientCertificateFile: certificate, keyFile: options.clientKeyFile)
        }
        let isNear = options.unixSocket != nil || LoopbackHost.contains(hop.target.origin.host)
        try easy.set(proxy: isNear ? "" : options.proxy)
        if let socket = options.unixSocket { try easy.set(unixSocket: socket) }
        try easy.set(url: hop.url)
        try easy.set(method: hop.method, body: hop.body)
        try easy.set(ownConnection: changesSomething)
        try easy.set(headers: headerLines(of: request))
        try easy.set(userAgent: userAgent)
        try easy.set(acceptedEncoding: "gzip")
        let left = request.timeout - spent
        try easy.set(timeout: left)
        try easy.set(connectTimeout: min(left, request.connectTimeout))
        if hop.method != "HEAD", !request.cutsBody {
            try easy.set(maximumAnnouncedBodySize: request.maximumBodySize)
        }
        try easy.set(collector: collector)
    }

    private func headerLines(of request: CurlRequest) throws(CurlCode) -> HeaderList {
        // libcurl would wait a second for "100 Continue", and call a body of ours a form.
        var lines = ["Expect:"]
        if !request.headers.contains(where: { $0.name.lowercased() == "content-type" }) {
            lines.append("Content-Type:")
        }
        return try HeaderList(lines + request.headers.compactMap(\.line))
    }

    /// What follows from libcurl's result for the current hop.
    enum Step {
        case finished(Exchange.Outcome)
        /// The next hop stands in `hop`; `prepare` is due.
        case again
    }

    func step(after result: CURLcode) -> Step {
        if let excess = collector.excess {
            return .finished(.failure(.tooLarge(failure(excess, code: result))))
        }
        // Where the body was cut, that is what libcurl complains about.
        guard result == CURLE_OK || collector.bodyIsCut else { return .finished(.failure(error(for: result))) }
        var timings = easy.timings
        timings.total += spent
        let location = exchange.request.followsRedirects ? easy.redirectURL : nil
        switch hop.next(status: easy.status, location: location) {
        case .answer:
            return .finished(
                .success(
                    CurlResponse(
                        status: easy.status,
                        headers: collector.headers,
                        body: collector.body,
                        httpVersion: easy.httpVersion,
                        timings: timings,
                        connectionReused: easy.newConnections == 0,
                        bodyIsCut: collector.bodyIsCut,
                        retryAfter: easy.retryAfter
                    )
                )
            )
        case .refuse(let why):
            return .finished(.failure(.redirect(CurlFailure(url: hop.target.display, message: why))))
        case .follow(let next):
            guard timings.total < exchange.request.timeout else {
                return .finished(.failure(error(for: CURLE_OPERATION_TIMEDOUT)))
            }
            spent = timings.total
            hop = next
            collector = ResponseCollector(for: exchange.request)
            return .again
        }
    }

    func error(for result: CURLcode) -> CurlHTTPError {
        CurlHTTPError(
            code: result,
            message: easy.message(for: result),
            url: hop.target.display,
            proxyAnswer: easy.proxyAnswer,
            mayHaveBeenSent: mayHaveBeenSent
        )
    }

    /// Whether sending it twice may not be the same as once (RFC 9110 section 9.2.1); PUT and DELETE answer otherwise the second
    /// time.
    private var changesSomething: Bool { hop.method != "GET" && hop.method != "HEAD" }

    /// False where no connection was ready for the request: there is no early data, so nothing goes out before the handshake.
    ///
    /// On a kept connection these times say nothing.
    private var mayHaveBeenSent: Bool {
        guard changesSomething, hop.count == 0 else { return true }
        let timings = easy.timings
        return (hop.target.origin.scheme == "https" ? timings.tls : timings.connect) > .zero
    }

    private func failure(_ message: String, code: CURLcode) -> CurlFailure {
        CurlFailure(url: hop.target.display, code: Int(code.rawValue), message: message)
    }

    /// Tells the caller; to be called once.
    func finish(_ outcome: Exchange.Outcome) {
        continuation.resume(returning: outcome)
    }
}
