/// Draws the ids and names of a fleet, none twice.
struct FleetNames {
    static let idCharacters = Array("0123456789abcdefghjkmnopqrstuvwxyz")

    private static let domains = [
        "orders", "payments", "inventory", "shipping", "billing", "telemetry", "accounts", "pricing", "returns",
        "catalogue", "fraud", "loyalty", "search", "ledger",
    ]
    private static let places = ["eu", "us", "apac", "frankfurt", "oregon", "dublin", "tokyo", "onprem"]
    private static let purposes = ["dr", "migration", "share", "analytics", "failover", "archive", "audit"]
    private static let events = ["created", "updated", "settled", "rejected", "snapshot", "state", "events", "dlq"]

    private var taken: Set<String> = []
    private var uses: [String: Int] = [:]

    mutating func cloudID(using generator: inout SeededGenerator) -> String {
        distinct { "lkc-" + generator.word(of: 6, from: Self.idCharacters) }
    }

    /// 22 base64url characters: the sixteen bytes of a Kafka cluster id outside the Cloud.
    mutating func serverID(using generator: inout SeededGenerator) -> String {
        distinct { SimulatedLinkID(using: &generator).clusterLinkID }
    }

    mutating func cluster(using generator: inout SeededGenerator) -> String {
        numbered("\(generator.pick(Self.domains))-\(generator.pick(Self.places))")
    }

    mutating func link(using generator: inout SeededGenerator) -> String {
        numbered("\(generator.pick(Self.domains))-\(generator.pick(Self.purposes))")
    }

    /// One to six topics, sorted by nothing.
    func topics(using generator: inout SeededGenerator) -> [String] {
        let domain = generator.pick(Self.domains)
        let count = 1 + generator.below(6)
        return generator.shuffle(Self.events).prefix(count).map { "\(domain).\($0)" }
    }

    private mutating func distinct(_ draw: () -> String) -> String {
        while true {
            let name = draw()
            if taken.insert(name).inserted { return name }
        }
    }

    /// The stem itself for the first, then with a number; no stem ends in one.
    private mutating func numbered(_ stem: String) -> String {
        let number = (uses[stem] ?? 0) + 1
        uses[stem] = number
        return number == 1 ? stem : "\(stem)-\(number)"
    }
}
