/// A small cluster whose links come, change and go by chance, as one of several servers would list them.
struct RandomFleet {
    /// Which ids the server sends.
    private enum Style: CaseIterable {
        case clusterLinkID, linkID, both, lateIDs, flakyIDs
    }

    private var generator: SeededGenerator
    private let style: Style
    private var links: [String: (number: Int, seen: SeenLink)] = [:]
    private var tasks: [String: [SeenTask]] = [:]
    private var lastNumber = 0
    private var showsIDs: Bool

    init(seed: UInt64) {
        generator = SeededGenerator(seed: seed)
        style = Style.allCases[Int(generator.next() % UInt64(Style.allCases.count))]
        showsIDs = style != .lateIDs
    }

    mutating func next() -> Observation {
        switch generator.next() % 12 {
        case 0: return .failure
        case 1: return generator.oneIn(2) ? .restart : .sameBytes
        case 2, 3, 4: return readTasks()
        default:
            for _ in 0..<(generator.next() % 3) { happen() }
            if generator.oneIn(4) { showsIDs = true }
            return .list(links.sorted { $0.key < $1.key }.map { listed($0.value) })
        }
    }

    private mutating func happen() {
        let name = ["a", "b", "c"][Int(generator.next() % 3)]
        guard let link = links[name] else { return create(name) }
        switch generator.next() % 12 {
        case 0: delete(name)
        case 1:
            delete(name)
            create(name)
        case 2: rename(name)
        case 3, 4, 5: links[name]?.seen.error = ["TIMEOUT_ERROR", "NOVEL", nil][Int(generator.next() % 3)]
        case 6: links[name]?.seen.message = ["no answer", "é", nil][Int(generator.next() % 3)]
        case 7: links[name]?.seen.state = ["ACTIVE", "FAILED", "UNAVAILABLE", nil][Int(generator.next() % 4)]
        case 8: links[name]?.seen.topics.formSymmetricDifference([["t", "u", "é"][Int(generator.next() % 3)]])
        case 9: links[name]?.seen.counts[generator.oneIn(2) ? "ACTIVE" : "PAUSED"] = Int(generator.next() % 3)
        case 10: links[name]?.seen.novel = link.seen.novel == nil ? "1.10" : nil
        default: tasks[name] = nil
        }
    }

    private mutating func create(_ name: String) {
        // A server that always sends ids may show an old one again: a restored backup.
        let returns = style != .lateIDs && style != .flakyIDs && generator.oneIn(3) && lastNumber > 0
        let old = returns ? Int(generator.next() % UInt64(max(1, lastNumber))) + 1 : 0
        let isFree = !links.values.contains { $0.number == old }
        if !returns || !isFree { lastNumber += 1 }
        let seen = SeenLink(
            name: name,
            ids: [:],
            error: generator.oneIn(3) ? "TIMEOUT_ERROR" : nil,
            message: nil,
            state: generator.oneIn(4) ? "FAILED" : "ACTIVE",
            topics: [],
            counts: [:],
            novel: nil
        )
        links[name] = (returns && isFree ? old : lastNumber, seen)
    }

    private mutating func delete(_ name: String) {
        links[name] = nil
        tasks[name] = nil
    }

    private mutating func rename(_ name: String) {
        guard style != .lateIDs, style != .flakyIDs, links["d"] == nil, let link = links[name] else { return }
        links[name] = nil
        links["d"] = link
        links["d"]?.seen.name = "d"
        tasks["d"] = tasks.removeValue(forKey: name)
    }

    private mutating func readTasks() -> Observation {
        let name = ["a", "b", "c", "d"][Int(generator.next() % 4)]
        if tasks[name] == nil || generator.oneIn(3) {
            tasks[name] = (0..<(generator.next() % 3)).map { _ in
                SeenTask(
                    name: generator.oneIn(2) ? "AclSync" : "ConsumerOffsetSync",
                    state: generator.oneIn(4) ? nil : generator.oneIn(3) ? "IN_ERROR" : "ACTIVE",
                    codes: Array(repeating: "INTERNAL_ERROR", count: Int(generator.next() % 3))
                )
            }
        }
        return .tasks((tasks[name] ?? []).shuffled(using: &generator), ofLinkNamed: name)
    }

    private mutating func listed(_ link: (number: Int, seen: SeenLink)) -> SeenLink {
        let (id, uuid) = Self.ids(of: link.number)
        var seen = link.seen
        switch style {
        case .clusterLinkID: seen.ids = ["cluster_link_id": id]
        case .linkID: seen.ids = ["link_id": uuid]
        case .both: seen.ids = ["cluster_link_id": id, "link_id": uuid]
        case .lateIDs: seen.ids = showsIDs ? ["cluster_link_id": id, "link_id": uuid] : [:]
        case .flakyIDs: seen.ids = generator.oneIn(2) ? ["cluster_link_id": id] : [:]
        }
        return seen
    }

    /// Confluent's two ids for a number below 64, which is put into the first six bits.
    private static func ids(of number: Int) -> (id: String, uuid: String) {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
        let octet = String(number << 2, radix: 16)
        return (
            String(alphabet[number]) + String(repeating: "A", count: 21),
            String(repeating: "0", count: 2 - octet.count) + octet + "000000-0000-0000-0000-000000000000"
        )
    }
}
