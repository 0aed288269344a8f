import ClusterLinks
import ExactJSON
import Foundation

@testable import Inventory
@testable import InventoryAPI

extension ChangeRow {
    /// A change of a link whose name and id tell its number, modulo seven.
    static func make(
        _ sequence: Int64,
        kind: ChangeKind = .changed,
        cluster: ClusterID = APIFixture.cluster,
        link: String? = nil,
        padding: Int = 0
    ) -> ChangeRow {
        let name = link ?? "link-\(sequence % 7)"
        let fields: JSONObject = [
            "cluster_link_id": .string("id-" + name), "link_name": .string(name),
            "padding": .string(String(repeating: "x", count: padding)),
        ]
        let document = StoredDocument(fields.encoded, health: 0)
        return ChangeRow(
            sequence: sequence,
            at: Instant(milliseconds: 1_800_000_000_000 + sequence),
            kind: kind,
            cluster: cluster,
            changed: FieldList(stored: kind == .changed ? Array(#"["padding"]"#.utf8) : nil),
            before: kind == .created ? nil : document,
            after: kind == .deleted ? nil : document,
            isBaseline: false
        )
    }
}

extension FleetTransition {
    static func make(_ number: Int) -> FleetTransition {
        FleetTransition(
            cluster: APIFixture.cluster,
            at: Instant(milliseconds: Int64(number)),
            change: .condition(from: .known, to: .failing, reason: nil)
        )
    }
}

/// What a client of server-sent events makes of the bytes it gets
/// (<https://html.spec.whatwg.org/multipage/server-sent-events.html#event-stream-interpretation>).
struct EventReader {
    struct Event: Equatable {
        /// `message` where none is named; empty for an id without an event, of which a client's program learns nothing.
        let name: String
        let data: String
        let lastEventID: String

        var json: JSONObject { (try? JSONValue(parsing: data).object) ?? [:] }

        var sequence: Int64? { name == "change" ? json["sequence"]?.int.map { Int64($0) } : nil }
    }

    private(set) var lastEventID = ""
    private(set) var retry: Int?
    private(set) var comments = 0
    private var line: [UInt8] = []
    private var name = ""
    private var data: [String] = []

    /// Takes more bytes, and returns the events that they complete.
    mutating func read(_ bytes: some Sequence<UInt8>) -> [Event] {
        var events: [Event] = []
        for byte in bytes {
            if byte != UInt8(ascii: "\n") {
                line.append(byte)
                continue
            }
            if line.isEmpty {
                if let event = dispatch() { events.append(event) }
            } else {
                interpret(String(decoding: line, as: UTF8.self))
            }
            line = []
        }
        return events
    }

    private mutating func interpret(_ line: String) {
        let colon = line.firstIndex(of: ":") ?? line.endIndex
        var value = line[colon...].dropFirst()
        if value.first == " " { value = value.dropFirst() }
        switch line[..<colon] {
        case "": comments += 1
        case "id": lastEventID = String(value)
        case "event": name = String(value)
        case "data": data.append(String(value))
        case "retry": retry = Int(value)
        default: break
        }
    }

    private mutating func dispatch() -> Event? {
        defer { (name, data) = ("", []) }
        guard !data.isEmpty else { return Event(name: "", data: "", lastEventID: lastEventID) }
        return Event(
            name: name.isEmpty ? "message" : name,
            data: data.joined(separator: "\n"),
            lastEventID: lastEventID
        )
    }
}
