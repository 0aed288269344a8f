import HTTPTypes

extension SimulatedFault {
    /// Spoils an answer.
    ///
    /// - Throws: `compression` if zlib refuses.
    func apply(to answer: inout SimulatedAnswer, of request: UpstreamRequest) throws(SimulatorError) {
        switch kind {
        case .status(let refusal):
            answer.say(refusal.answer(to: request))
        case .delay(let delay):
            answer.delay += delay
        case .drip(let bytes, let interval):
            answer.pace = SimulatedAnswer.Pace(bytes: max(1, bytes), every: interval)
        case .reset(let count):
            answer.breaksOff = count.map { .reset(after: $0) } ?? .silence
        case .truncate(let count):
            answer.breaksOff = .close(after: count)
        case .garbage(let count):
            answer.say(SimulatedAnswer(status: 200, contentType: "application/json", bytes: Self.garbage(count)))
        case .gzip(let isDeclared):
            answer.content = .bytes(try Gzip.compress(answer.body))
            if isDeclared { answer.fields[.contentEncoding] = "gzip" }
        case .oversized(let count):
            let body = answer.body
            answer.content = .bytes(body + [UInt8](repeating: 0x20, count: max(0, count - body.count)))
        case .chunked:
            answer.declaresLength = false
        case .empty:
            answer.say(SimulatedAnswer(status: 200, contentType: "application/json"))
        case .body(let status, let contentType, let bytes):
            answer.say(SimulatedAnswer(status: status, contentType: contentType, bytes: bytes))
        case .data, .item, .duplicate, .paginate:
            rearrange(&answer, of: request)
        }
    }

    /// Spoils the document of a list; whatever is no list any more stays as it is.
    private func rearrange(_ answer: inout SimulatedAnswer, of request: UpstreamRequest) {
        guard case .listLinks = request.operation, var document = answer.document else { return }
        guard case .array(var items) = document["data"] else { return }
        switch kind {
        case .data(let value):
            document.set("data", to: value)
            answer.content = .document(document)
            return
        case .item(let item):
            items.append(item)
        case .duplicate(let isDifferent):
            guard var first = items.first else { return }
            if isDifferent { first.set("link_state", to: "PENDING") }
            items.append(first)
        case .paginate(let size, let origin):
            guard size < items.count, var metadata = document["metadata"] else { return }
            let next = ListPage.start(of: request) + size
            metadata.set("next", to: .string(ListPage.address(from: next, of: request, origin: origin)))
            document.set("metadata", to: metadata)
            items = Array(items.prefix(size))
        default:
            return
        }
        document.set("data", to: .array(items))
        answer.content = .document(document)
    }

    /// Bytes from 0x80 up, which begin no UTF-8 and no JSON, the same every time.
    private static func garbage(_ count: Int) -> [UInt8] {
        var generator = SeededGenerator(seed: UInt64(max(0, count)))
        return (0..<max(0, count)).map { _ in UInt8(0x80 + generator.below(0x80)) }
    }
}

extension SimulatedFault.Refusal {
    func answer(to request: UpstreamRequest) -> SimulatedAnswer {
        var answer =
            switch body {
            case .json(let code, let message):
                SimulatedAnswer.failure(status, code: code ?? ErrorBody.usualCode(for: status), message)
            case .html:
                SimulatedAnswer.page(status, request: request)
            case .none:
                SimulatedAnswer(status: status)
            }
        answer.fields.append(contentsOf: fields)
        return answer
    }
}
