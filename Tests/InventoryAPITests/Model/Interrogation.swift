import ClusterLinks
import ExactJSON
import Foundation
import NaiveInventory

/// Asks one inventory everything that can be asked, and holds each answer against what follows from the observations.
///
/// Synchronous, as a question waits for its answer: it belongs on a thread of its own.
struct Interrogation {
    let fleet: NaiveFleet
    let connection: LastingConnection
    var random: SeededGenerator
    /// The query parameters of each path that is described.
    let described: [String: Set<String>]
    /// What was not answered as expected.
    private(set) var differences: [String] = []
    private(set) var asked = 0

    init(_ fleet: NaiveFleet, _ connection: LastingConnection, seed: Int) throws {
        self.fleet = fleet
        self.connection = connection
        random = SeededGenerator(seed: ~seed)
        described = try Self.described(by: connection.get("/openapi.json").json)
    }

    /// Whether there is such a route, and whether it takes a parameter.
    func knows(_ path: String, _ parameter: String? = nil) -> Bool {
        guard let parameters = described["/api/v1" + path] ?? described[path] else { return false }
        return parameter.map(parameters.contains) ?? true
    }

    @discardableResult
    mutating func get(_ target: String) throws -> Answer {
        asked += 1
        let answer = try connection.get(target)
        if answer.status >= 500, !target.hasPrefix("/kafka") { note(target, "status \(answer.status) \(answer.text)") }
        return answer
    }

    mutating func note(_ target: String, _ difference: String) { differences.append("\(target): \(difference)") }

    mutating func expect(_ actual: JSONValue?, _ expected: JSONValue, _ target: String) {
        guard let actual else { return note(target, "no JSON, expected \(expected.text)") }
        if let difference = actual.difference(from: expected) { note(target, difference) }
    }

    mutating func expect(item expected: JSONObject, _ target: String) throws {
        let answer = try get(target)
        guard answer.status == 200 else { return note(target, "status \(answer.status) \(answer.text.prefix(300))") }
        expect(.object(answer.json), .object(expected), target)
    }

    mutating func expect(problem: String, status: Int, _ target: String) throws {
        let answer = try get(target)
        if answer.status != status || answer.problem != problem {
            note(target, "\(answer.status) \(answer.text.prefix(300)), expected \(status) \(problem)")
        }
    }

    /// Asks for a list whole, and again in small pages.
    /// - Returns: the first page's answer.
    @discardableResult
    mutating func expect(list expected: [JSONObject], _ target: String) throws -> Answer {
        let mark = target.contains("?") ? "&" : "?"
        let whole = try get(target + mark + "limit=1000")
        guard whole.status == 200 else {
            note(target, "status \(whole.status) \(whole.text.prefix(300))")
            return whole
        }
        expect(.array(whole.items.map(JSONValue.object)), .array(expected.map(JSONValue.object)), target)
        try expectPages(of: whole.items, target)
        return whole
    }

    /// Asks again in small pages.
    mutating func expectPages(of whole: [JSONObject], _ target: String) throws {
        guard whole.count > 1 else { return }
        let mark = target.contains("?") ? "&" : "?"
        let limit = Int.random(in: 1...min(4, whole.count), using: &random)
        let paged = try pages(target + mark + "limit=\(limit)", limit: limit)
        if paged != whole { note(target, "\(paged.count) items in pages of \(limit) are not the whole \(whole.count)") }
    }

    private mutating func pages(_ target: String, limit: Int) throws -> [JSONObject] {
        var items: [JSONObject] = []
        var page = try get(target)
        while true {
            items += page.items
            if page.items.count > limit { note(target, "a page has \(page.items.count) items") }
            guard let cursor = page.nextCursor else { return items }
            guard page.status == 200, items.count < 10_000 else { return items }
            page = try get("\(target)&cursor=\(cursor)")
            if page.status != 200 { note(target, "the next page: \(page.status) \(page.text.prefix(300))") }
        }
    }

    /// Instants worth asking about: boundaries, a millisecond to either side, and any.
    mutating func instants(_ count: Int) -> [Instant] {
        let boundaries = fleet.boundaries.filter { $0 <= fleet.now }
        guard let first = boundaries.first, let last = boundaries.last else { return [] }
        return (0..<count).map { _ in
            if random.once(in: 4) {
                let range = first.milliseconds - 5000...max(last.milliseconds, fleet.now.milliseconds)
                return Instant(milliseconds: min(.random(in: range, using: &random), fleet.now.milliseconds))
            }
            let side = Int64(random.one(of: [-1, 0, 0, 1]))
            return Instant(milliseconds: random.one(of: boundaries).milliseconds + side)
        }
    }

    /// Two of them in order.
    mutating func span() -> (from: Instant, to: Instant)? {
        let instants = instants(2).sorted()
        return instants.count == 2 ? (instants[0], instants[1]) : nil
    }

    private static func described(by document: JSONObject) -> [String: Set<String>] {
        var described: [String: Set<String>] = [:]
        for path in document["paths"]?.object?.members ?? [] {
            let parameters = path.value.object?["get"]?.object?["parameters"]?.array ?? []
            described[path.name] = Set(parameters.compactMap { $0.object?["name"]?.string })
        }
        return described
    }
}

extension String {
    /// As one segment of a path, or one value of a query.
    var escaped: String {
        utf8.map { byte in
            let character = Character(UnicodeScalar(byte))
            return byte < 0x80 && (character.isLetter || character.isNumber || "-_~.".contains(character))
                ? String(character) : String(format: "%%%02X", byte)
        }.joined()
    }
}
