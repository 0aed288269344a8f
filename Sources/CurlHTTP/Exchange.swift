import Synchronization

/// A call of `send` on its way to the driver's thread and back.
final class Exchange: Sendable {
    typealias Outcome = Result<CurlResponse, CurlHTTPError>

    let request: CurlRequest
    let options: CurlOptions
    let firstHop: Hop
    private let cancelled = Atomic(false)

    /// Examines the request, so that the driver only meets what can be sent.
    init(_ request: CurlRequest, options: CurlOptions) throws(CurlHTTPError) {
        let target = try CurlTarget(parsing: request.url)
        guard request.method.isHTTPToken else {
            throw .invalidRequest(CurlFailure(url: target.display, message: "the method is no HTTP token"))
        }
        for header in request.headers where header.line == nil {
            throw .invalidRequest(
                CurlFailure(url: target.display, message: "header \(header.name.debugDescription) is not one line")
            )
        }
        self.request = request
        self.options = options
        firstHop = Hop(method: request.method, url: request.url, body: request.body, target: target)
    }

    /// Set before the driver is told, so that a call cancelled on its way to the driver is never begun.
    func cancel() {
        cancelled.store(true, ordering: .releasing)
    }

    var isCancelled: Bool { cancelled.load(ordering: .acquiring) }

    /// What a caller learns whose exchange was cancelled, or came to a client that is shut down.
    var cancellation: CurlHTTPError {
        .cancelled(CurlFailure(url: firstHop.target.display, message: "given up by this side"))
    }

    func failure(to code: CurlCode) -> CurlHTTPError {
        CurlHTTPError(
            code: code.rawValue,
            message: CurlLibrary.message(for: code.rawValue),
            url: firstHop.target.display
        )
    }
}
