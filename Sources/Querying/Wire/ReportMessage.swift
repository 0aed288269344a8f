import ExactJSON

/// What the process of a question says at the end, after the rows.
enum ReportMessage {
    /// The rows that were sent are the answer.
    case answered(Answered)
    case refused(Refusal)

    struct Answered {
        let columns: [QueryAnswer.Column]
        let rowCount: Int
        let cut: QueryAnswer.Cut?
        let duration: Duration
    }

    /// What a statement names and is not there.
    struct UnknownName: Equatable {
        enum Kind: String, CaseIterable {
            case column, table
        }

        let kind: Kind
        let name: String
    }

    /// A refusal in the terms of the process, which does not know whom it tells what.
    enum Refusal {
        case empty
        case severalStatements
        case notReading(what: String)
        case foreignTable(name: String)
        case foreignFunction(name: String)
        case invalid(message: String, offset: Int?, unknown: UnknownName?)
        case badParameters(reason: String)
        case failed(message: String)
        case valueTooBig
        case timeLimit
        case memoryLimit
        case unavailable(reason: String)
    }
}

extension ReportMessage {
    /// - Parameter peakMemory: in bytes.
    func encoded(peakMemory: Int?) -> [UInt8] {
        var json = JSONObject()
        switch self {
        case .answered(let answered):
            json["columns"] = .array(answered.columns.map { [.string($0.name), .string($0.type)] })
            json["rows"] = .int(answered.rowCount)
            json["cut"] = .optional(answered.cut?.rawValue)
            json["microseconds"] = .int(Int64(answered.duration.seconds * 1_000_000))
        case .refused(let refusal):
            let (kind, text, offset, unknown) = refusal.parts
            json["refusal"] = .string(kind)
            json["text"] = .optional(text)
            if let offset { json["offset"] = .int(offset) }
            if let unknown { json["unknown"] = [.string(unknown.kind.rawValue), .string(unknown.name)] }
        }
        if let peakMemory { json["peak_memory"] = .int(peakMemory) }
        return json.encoded
    }

    /// Nil for bytes that are no report of this version's.
    static func read(_ bytes: [UInt8]) -> (report: ReportMessage, peakMemory: Int?)? {
        guard let json = (try? JSONValue(parsing: bytes))?.object else { return nil }
        let peakMemory = json["peak_memory"]?.int
        if let kind = json["refusal"]?.string {
            let refusal = Refusal(
                kind: kind,
                text: json["text"]?.string ?? "",
                offset: json["offset"]?.int,
                unknown: json["unknown"]?.array.flatMap(UnknownName.init)
            )
            return refusal.map { (.refused($0), peakMemory) }
        }
        guard let columns = json["columns"]?.array, let rowCount = json["rows"]?.int,
            let microseconds = json["microseconds"]?.int
        else { return nil }
        let answered = Answered(
            columns: columns.compactMap { column in
                let texts = column.array?.compactMap(\.string) ?? []
                return texts.count == 2 ? QueryAnswer.Column(name: texts[0], type: texts[1]) : nil
            },
            rowCount: rowCount,
            cut: json["cut"]?.string.flatMap(QueryAnswer.Cut.init(rawValue:)),
            duration: .microseconds(microseconds)
        )
        return (.answered(answered), peakMemory)
    }
}

extension ReportMessage.UnknownName {
    fileprivate init?(json: [JSONValue]) {
        let texts = json.compactMap(\.string)
        guard texts.count == 2, let kind = Kind(rawValue: texts[0]) else { return nil }
        self.init(kind: kind, name: texts[1])
    }
}

extension ReportMessage.Refusal {
    fileprivate var parts: (kind: String, text: String?, offset: Int?, unknown: ReportMessage.UnknownName?) {
        switch self {
        case .empty: ("empty", nil, nil, nil)
        case .severalStatements: ("several", nil, nil, nil)
        case .notReading(let what): ("writes", what, nil, nil)
        case .foreignTable(let name): ("table", name, nil, nil)
        case .foreignFunction(let name): ("function", name, nil, nil)
        case .invalid(let message, let offset, let unknown): ("invalid", message, offset, unknown)
        case .badParameters(let reason): ("parameters", reason, nil, nil)
        case .failed(let message): ("failed", message, nil, nil)
        case .valueTooBig: ("value", nil, nil, nil)
        case .timeLimit: ("time", nil, nil, nil)
        case .memoryLimit: ("memory", nil, nil, nil)
        case .unavailable(let reason): ("unavailable", reason, nil, nil)
        }
    }

    fileprivate init?(kind: String, text: String, offset: Int?, unknown: ReportMessage.UnknownName?) {
        switch kind {
        case "empty": self = .empty
        case "several": self = .severalStatements
        case "writes": self = .notReading(what: text)
        case "table": self = .foreignTable(name: text)
        case "function": self = .foreignFunction(name: text)
        case "invalid": self = .invalid(message: text, offset: offset, unknown: unknown)
        case "parameters": self = .badParameters(reason: text)
        case "failed": self = .failed(message: text)
        case "value": self = .valueTooBig
        case "time": self = .timeLimit
        case "memory": self = .memoryLimit
        case "unavailable": self = .unavailable(reason: text)
        default: return nil
        }
    }
}
