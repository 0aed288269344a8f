import ClusterLinks
import KafkaREST
import Locking

/// Answers each URL with what was written down for it, in order, the last one for good, and remembers what was asked.
final class ScriptedTransport: Transport {
    enum Reply: Sendable {
        case answer(TransportResponse)
        case failure(TransportFailure)
    }

    private struct State {
        var replies: [String: [Reply]]
        var requests: [TransportRequest] = []
    }

    private let state: Locked<State>

    init(_ replies: [String: [Reply]]) { state = Locked(State(replies: replies)) }

    convenience init(_ url: String, _ replies: Reply...) { self.init([url: replies]) }

    var requests: [TransportRequest] { state.withLock { $0.requests } }

    var urls: [String] { requests.map(\.url) }

    func send(_ request: TransportRequest) async throws(TransportFailure) -> TransportResponse {
        let reply = state.withLock { state -> Reply? in
            state.requests.append(request)
            guard let replies = state.replies[request.url], let first = replies.first else { return nil }
            if replies.count > 1 { state.replies[request.url] = Array(replies.dropFirst()) }
            return first
        }
        switch reply {
        case .answer(let response): return response
        case .failure(let failure): throw failure
        case nil: throw TransportFailure(reason: "connect", message: "nothing is scripted for \(request.url)")
        }
    }
}

extension ScriptedTransport.Reply {
    static func body(_ text: String, status: Int = 200, headers: [Header] = []) -> Self {
        bytes(Array(text.utf8), status: status, headers: headers)
    }

    static func bytes(_ bytes: [UInt8], status: Int = 200, headers: [Header] = []) -> Self {
        .answer(TransportResponse(status: status, headers: headers, body: bytes))
    }
}
