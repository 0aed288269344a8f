/// A cluster whose links come, change and go as it pleases.
struct RandomCluster {
    /// A link with what makes it the same link, whatever the server sends of it.
    struct Link {
        let number: Int
        var facts: LinkFacts
    }

    private(set) var links: [Link] = []
    private(set) var ghosts = 0
    private var gone: [Link] = []
    private var created = 0

    /// The server sends no ids for the first of the names until it does.
    private static let names = ["bare", "orders", "payments", "stock"]

    var frame: [Int: LinkFacts] { Dictionary(uniqueKeysWithValues: links.map { ($0.number, $0.facts) }) }

    mutating func mutate(using random: inout SeededGenerator) {
        switch Int.random(in: 0..<12, using: &random) {
        case 0, 1: create(using: &random)
        case 2: if !links.isEmpty { gone.append(links.remove(at: Int.random(in: links.indices, using: &random))) }
        case 3: comeBack(using: &random)
        case 4: recreate(using: &random)
        case 5: ghosts = Int.random(in: 0..<2, using: &random)
        default: change(using: &random)
        }
    }

    private mutating func create(using random: inout SeededGenerator) {
        let free = Self.names.filter { name in !links.contains { $0.facts.name == name } }
        guard !free.isEmpty else { return }
        let name = random.one(of: free)
        // A name-only link is the same however often it goes; so there is but one of that name.
        guard name != "bare" || !gone.contains(where: { $0.facts.name == name }) else { return }
        created += 1
        links.append(Link(number: created, facts: LinkFacts(name: name, id: name == "bare" ? nil : "id-\(created)")))
    }

    private mutating func comeBack(using random: inout SeededGenerator) {
        let able = gone.indices.filter { index in !links.contains { $0.facts.name == gone[index].facts.name } }
        guard !able.isEmpty else { return }
        var link = gone.remove(at: random.one(of: able))
        link.facts.tasks = []
        links.append(link)
    }

    /// Another link under the same name, even between two polls.
    private mutating func recreate(using random: inout SeededGenerator) {
        guard let index = links.indices.filter({ links[$0].facts.id != nil }).randomElement(using: &random) else {
            return
        }
        gone.append(links[index])
        created += 1
        links[index] = Link(number: created, facts: LinkFacts(name: links[index].facts.name, id: "id-\(created)"))
    }

    private mutating func change(using random: inout SeededGenerator) {
        guard let index = links.indices.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<8, using: &random) {
        case 0, 1, 2: links[index].facts.error = random.one(of: [nil, nil, "TIMEOUT_ERROR", "AUTHENTICATION_ERROR"])
        case 3: links[index].facts.message = random.one(of: [nil, "slow", "refused"])
        case 4: links[index].facts.state = random.one(of: [nil, "ACTIVE", "FAILED"])
        case 5: links[index].facts.topics.formSymmetricDifference([random.one(of: ["a", "b", "c"])])
        case 6: links[index].facts.extra = random.one(of: [nil, 1, 2])
        default: if links[index].facts.id == nil { links[index].facts.id = "id-of-\(links[index].number)" }
        }
    }
}
