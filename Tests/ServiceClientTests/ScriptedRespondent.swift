import ExactJSON
import Locking
import ServiceClient

/// Answers by a closure, and remembers what it was asked.
final class ScriptedRespondent: Respondent {
    typealias Script = @Sendable (ServiceRequest, _ number: Int) throws(ServiceError) -> ServiceAnswer

    private let script: Script
    private let asked = Locked<[String]>([])

    init(_ script: @escaping Script) { self.script = script }

    /// The targets, in order.
    var targets: [String] { asked.withLock(\.self) }

    func exchange(_ request: ServiceRequest) async throws(ServiceError) -> ServiceAnswer {
        let number = asked.withLock { asked in
            asked.append(request.target)
            return asked.count
        }
        return try script(request, number)
    }
}

extension ServiceAnswer {
    static func json(_ value: JSONValue, status: Int = 200) -> ServiceAnswer {
        ServiceAnswer(status: status, body: value.encoded)
    }
}

extension ServiceRequest {
    /// The value of a parameter.
    func parameter(_ name: String) -> String? { query.first { $0.name == name }?.value }
}

/// A feed of so many changes, of which the first are not kept.
func feed(last: Int64, keptFrom: Int64 = 1, pageLimit: Int64 = .max) -> ScriptedRespondent {
    ScriptedRespondent { request, _ throws(ServiceError) in
        let after = request.after
        let limit = min(request.parameter("limit").flatMap { Int64($0) } ?? 100, pageLimit)
        guard after >= keptFrom - 1 else {
            let oldest = JSONValue.int(keptFrom)
            return .json(["type": "/problems/sequence-gone", "detail": "gone", "oldest_sequence": oldest], status: 410)
        }
        let isFiltered = request.parameter("kind") != nil
        return changePage(after: after, upTo: min(after + limit, last)) { !isFiltered || $0.isMultiple(of: 10) }
    }
}

/// A page of the changes that are admitted.
func changePage(after: Int64, upTo end: Int64, admitting isAdmitted: (Int64) -> Bool = { _ in true }) -> ServiceAnswer {
    let numbers = after < end ? (after + 1...end).filter(isAdmitted) : []
    let changes = numbers.map { JSONValue.object(["sequence": .int($0)]) }
    return .json(["data": .array(changes), "next_cursor": .string(String(end))])
}

extension ServiceRequest {
    /// The number that changes are asked for after.
    var after: Int64 { parameter("after").flatMap { Int64($0) } ?? 0 }
}

extension [JSONValue] {
    var sequences: [Int] { compactMap { $0.object?["sequence"]?.int } }
}
