import HTTPServing
import HTTPTypes

/// Carries an answer as badly as it says: late, slowly, cut short or not at all.
struct AnswerDelivery: Sendable {
    /// How much of a body goes out at once where nothing slows it down.
    private static let pieceLength = 64 * 1024

    let answer: SimulatedAnswer
    let clock: SimulatorClock

    /// Waits for the answer's delay and says what the server is to send.
    ///
    /// - Throws: `ConnectionAbort` where nothing is to be answered; `CancellationError` when the client leaves.
    func response() async throws -> Response {
        if answer.delay > .zero { try await clock.sleep(for: answer.delay) }
        if answer.breaksOff == .silence { throw ConnectionAbort() }
        let status = HTTPResponse.Status(code: answer.status)
        let body = answer.body
        guard answer.pace != nil || answer.breaksOff != nil || !answer.declaresLength else {
            return Response(status: status, fields: answer.fields, body: body.isEmpty ? .empty : .bytes(body))
        }
        return Response(
            status: status,
            fields: answer.fields,
            body: .stream(contentLength: answer.declaresLength ? body.count : nil) { writer in
                try await send(body, to: writer)
            }
        )
    }

    /// Returning early is what truncates: the server closes a connection whose declared length was not written.
    private func send(_ body: [UInt8], to writer: BodyWriter) async throws {
        let end = min(body.count, answer.breaksOff?.length ?? body.count)
        var sent = 0
        while sent < end {
            let next = min(sent + (answer.pace?.bytes ?? Self.pieceLength), end)
            try await writer.write(Array(body[sent..<next]))
            sent = next
            if let pace = answer.pace, sent < end { try await clock.sleep(for: pace.every) }
        }
        if case .reset = answer.breaksOff { throw ConnectionAbort() }
    }
}

extension SimulatedAnswer.Break {
    /// How much of the body is sent before it.
    fileprivate var length: Int {
        switch self {
        case .close(let length), .reset(let length): max(0, length)
        case .silence: 0
        }
    }
}
