import HTTPTypes

extension SimulatedFault {
    /// The word for each kind in the control interface.
    enum Word: String, CaseIterable {
        case status, rateLimit = "rate_limit", delay, drip, reset, truncate, garbage, gzip, oversized, chunked, empty
        case data, item, duplicate, paginate, body
    }

    /// Reads a fault as `POST …/faults` takes it; `ControlManual` tells the members of each kind.
    init(reading document: inout ControlDocument) throws(SimulatorError) {
        guard let word = try document.word("kind", as: Word.self) else {
            throw document.wrong("kind", expected: "one of " + Word.allCases.map(\.rawValue).joined(separator: ", "))
        }
        kind = try Self.kind(word, reading: &document)
        scope = try document.word("on", as: Scope.self) ?? .all
        linkName = try document.text("link_name")
        remaining = try document.count("count")
        if remaining == 0 { throw document.wrong("count", expected: "at least 1") }
        try document.finish()
    }

    private static func kind(_ word: Word, reading document: inout ControlDocument) throws(SimulatorError) -> Kind {
        switch word {
        case .status: .status(try Refusal(reading: &document))
        case .rateLimit: SimulatedFault.rateLimit(retryAfter: try document.text("retry_after")).kind
        case .delay: .delay(.milliseconds(try document.requiredCount("milliseconds")))
        case .drip:
            .drip(
                bytes: max(1, try document.count("bytes") ?? 1),
                every: .milliseconds(try document.requiredCount("every_milliseconds"))
            )
        case .reset: .reset(after: try document.count("after"))
        case .truncate: .truncate(after: try document.requiredCount("after"))
        case .garbage: .garbage(bytes: try document.count("bytes") ?? 512)
        case .gzip: .gzip(declared: try document.flag("declared") ?? true)
        case .oversized: .oversized(bytes: try document.requiredCount("bytes"))
        case .chunked: .chunked
        case .empty: .empty
        case .data: .data(document.value("value"))
        case .item: .item(document.value("value") ?? .null)
        case .duplicate: .duplicate(different: try document.flag("different") ?? false)
        case .paginate:
            .paginate(size: max(1, try document.requiredCount("size")), origin: try document.text("origin"))
        case .body:
            .body(
                status: try document.status(default: 200),
                contentType: try document.text("content_type") ?? "application/json",
                bytes: Array(try document.requiredText("text").utf8)
            )
        }
    }

    /// The word of this fault's kind, the rate limit being a status.
    var word: Word {
        switch kind {
        case .status: .status
        case .delay: .delay
        case .drip: .drip
        case .reset: .reset
        case .truncate: .truncate
        case .garbage: .garbage
        case .gzip: .gzip
        case .oversized: .oversized
        case .chunked: .chunked
        case .empty: .empty
        case .data: .data
        case .item: .item
        case .duplicate: .duplicate
        case .paginate: .paginate
        case .body: .body
        }
    }
}

extension SimulatedFault.Refusal {
    private enum Form: String, CaseIterable {
        case json, html, none
    }

    init(reading document: inout ControlDocument) throws(SimulatorError) {
        let status = try document.status()
        let code = try document.count("error_code")
        let message = try document.text("message")
        let fields = try document.fields("headers")
        let body: Body =
            switch try document.word("body", as: Form.self) ?? .json {
            case .json: .json(code: code, message: message)
            case .html: .html
            case .none: .none
            }
        self.init(status, body: body, fields: fields)
    }
}

extension ControlDocument {
    /// The member `status`: one that ends an exchange.
    fileprivate mutating func status(default fallback: Int? = nil) throws(SimulatorError) -> Int {
        guard let status = try count("status") ?? fallback, (200...599).contains(status) else {
            throw wrong("status", expected: "200 to 599")
        }
        return status
    }

    /// An object of field names and values.
    fileprivate mutating func fields(_ name: String) throws(SimulatorError) -> HTTPFields {
        var fields = HTTPFields()
        for (key, value) in try strings(name) ?? [:] {
            guard let fieldName = HTTPField.Name(key) else {
                throw wrong("\(name).\(key)", expected: "the name of a header field")
            }
            fields[fieldName] = value
        }
        return fields
    }
}

extension SimulatedUpstream.ActiveFault {
    /// What a fault looks like when it is listed.
    var wire: WireValue {
        [
            "id": .integer(id), "kind": .string(fault.word.rawValue), "on": .string(fault.scope.rawValue),
            "link_name": .text(fault.linkName), "count": fault.remaining.map(WireValue.integer) ?? .null,
        ]
    }
}
