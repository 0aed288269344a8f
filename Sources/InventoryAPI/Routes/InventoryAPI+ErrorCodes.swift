import Alerting
import ExactJSON
import HTTPServing
import Inventory

/// `/api/v1/error-codes`: what codes mean and what to do about them.
extension InventoryAPI {
    private static let parameters: [Parameter] = [
        Parameter("kind", "Only what alerts of these kinds are about.", .list(AlertKind.allCases.map(\.rawValue))),
        Parameter("code", "Only these codes, byte by byte.", .list()),
        .limit, .cursor,
    ]

    var errorCodeRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/error-codes",
                id: "listErrorCodes",
                summary:
                    "Every known error code, state and reason of a failed poll: what it means and what to do first",
                parameters: Self.parameters,
                answer: .list(
                    of: .errorCode,
                    beside: [
                        SchemaField(
                            "unknown",
                            .list(of: .schema(.errorCode)),
                            "What is said of a code that this version does not know, by kind."
                        )
                    ]
                ),
                handler: .immediate { try errorCodes($0) }
            )
        ]
    }

    private func errorCodes(_ question: Question) throws -> Response {
        let asked: [AlertKind]? = try question.choices("kind")
        let kinds = asked ?? AlertKind.allCases
        let codes = question.list("code")
        let limit = try question.limit
        let start = try Self.place(of: Cursor(of: question, parts: 1))
        let entries = ErrorCodeGuide.entries.enumerated().filter { place, entry in
            place >= start && kinds.contains(entry.kind)
                && codes.map { wanted in entry.code.map { code in wanted.contains { $0.hasBytes(of: code) } } ?? false }
                    ?? true
        }
        let next = entries.count > limit ? Cursor(key: [String(entries[limit].offset)]) : nil
        let unknown = kinds.compactMap { kind in
            ErrorCodeGuide.unknown(kind).map { JSONValue.object(Self.json(kind, nil, nil, .linkwatch, $0)) }
        }
        return JSONAnswer.response(
            JSONList.encoded(
                entries.prefix(limit).map(\.element),
                nextCursor: next?.text(for: question),
                more: ["unknown": .array(unknown)]
            ) { entry, bytes in
                Self.json(entry.kind, entry.code, entry.task, entry.basis, entry.remediation).write(into: &bytes)
            },
            sequence: view.sequence
        )
    }

    /// The catalogue never changes while the service runs, so that a place in it is enough to go on from.
    private static func place(of cursor: Cursor?) throws -> Int {
        guard let cursor else { return 0 }
        guard let place = Int(cursor.key[0]), place >= 0 else { throw APIProblem.badCursor }
        return place
    }

    private static func json(
        _ kind: AlertKind,
        _ code: String?,
        _ task: String?,
        _ basis: ErrorCodeGuide.Basis,
        _ remediation: Remediation
    ) -> JSONObject {
        var json: JSONObject = [
            "kind": .string(kind.rawValue), "code": .optional(code), "task": .optional(task),
            "basis": .string(basis.rawValue),
        ]
        for member in remediation.json.members { json[member.name] = member.value }
        return json
    }
}
