import ExactJSON

/// A question as it is handed to its process, which knows nothing else: what to open, what to show of it, what to run, and
/// how far.
struct QuestionMessage {
    let source: QuerySource
    let question: QueryQuestion
    let limits: QueryLimits

    var encoded: [UInt8] {
        let json: JSONObject = [
            "path": .string(source.path),
            "at_rest": .bool(source.isAtRest),
            "views": .array(source.views.map { .object(Self.json(of: $0)) }),
            "sql": .string(question.sql),
            "parameters": Self.json(of: question.parameters),
            "format": .string(question.format.rawValue),
            "microseconds": .int(Int64(limits.time.seconds * 1_000_000)),
            "rows": .int(limits.rows),
            "bytes": .int(limits.bytes),
            "statement_bytes": .int(limits.statementBytes),
            "value_bytes": .int(limits.valueBytes),
            "heap_bytes": .int(limits.heapBytes),
        ]
        return json.encoded
    }

    /// Nil for bytes that are no question of this version's.
    init?(_ bytes: [UInt8]) {
        guard let json = (try? JSONValue(parsing: bytes))?.object,
            let path = json["path"]?.string, let isAtRest = json["at_rest"]?.bool,
            let views = json["views"]?.array, let sql = json["sql"]?.string,
            let parameters = json["parameters"].flatMap(Self.parameters),
            let format = json["format"]?.string.flatMap(QueryFormat.init(rawValue:)),
            let microseconds = json["microseconds"]?.int, let rows = json["rows"]?.int,
            let size = json["bytes"]?.int, let statementBytes = json["statement_bytes"]?.int,
            let valueBytes = json["value_bytes"]?.int, let heapBytes = json["heap_bytes"]?.int
        else { return nil }
        source = QuerySource(path: path, isAtRest: isAtRest, views: views.compactMap(Self.view))
        question = QueryQuestion(sql: sql, parameters: parameters, format: format)
        var limits = QueryLimits()
        limits.time = .microseconds(microseconds)
        limits.rows = rows
        limits.bytes = size
        limits.statementBytes = statementBytes
        limits.valueBytes = valueBytes
        limits.heapBytes = heapBytes
        self.limits = limits
    }

    init(_ question: QueryQuestion, about source: QuerySource, within limits: QueryLimits) {
        self.source = source
        self.question = question
        self.limits = limits
    }

    private static func json(of view: QueryView) -> JSONObject {
        [
            "name": .string(view.name),
            "columns": .array(view.columns.map { [.string($0.name), .string($0.type)] }),
            "select": .string(view.select),
        ]
    }

    private static func view(_ json: JSONValue) -> QueryView? {
        guard let json = json.object, let name = json["name"]?.string, let select = json["select"]?.string else {
            return nil
        }
        let columns = (json["columns"]?.array ?? []).compactMap { column -> QueryView.Column? in
            let texts = column.array?.compactMap(\.string) ?? []
            return texts.count == 2 ? QueryView.Column(name: texts[0], type: texts[1]) : nil
        }
        return QueryView(name: name, columns: columns, select: select)
    }

    private static func json(of parameters: QueryParameters) -> JSONValue {
        switch parameters {
        case .positional(let values): .array(values.map(json))
        case .named(let values): .object(JSONObject(values.map { ($0.name, json(of: $0.value)) }))
        }
    }

    /// A real has a member around it: as a number alone 2.0 would come out as the integer 2.
    private static func json(of value: QueryValue) -> JSONValue {
        switch value {
        case .null: .null
        case .integer(let value): .int(value)
        case .real(let value): ["bits": .string(String(value.bitPattern))]
        case .text(let value): .string(value)
        }
    }

    private static func parameters(_ json: JSONValue) -> QueryParameters? {
        switch json {
        case .array(let values): .positional(values.compactMap(value))
        case .object(let object):
            .named(
                object.members.compactMap { member in
                    value(member.value).map { QueryParameters.Named(name: member.name, value: $0) }
                }
            )
        default: nil
        }
    }

    private static func value(_ json: JSONValue) -> QueryValue? {
        switch json {
        case .null: .null
        case .number(let number): number.int.map { .integer(Int64($0)) }
        case .string(let text): .text(text)
        case .object(let object):
            object["bits"]?.string.flatMap { UInt64($0) }.map { .real(Double(bitPattern: $0)) }
        default: nil
        }
    }
}
