/// A cluster whose links come, change and go as it pleases.
package struct RandomCluster {
    /// A link with what makes it the same link, whatever the server sends of it.
    package struct Link {
        package let number: Int
        package var facts: LinkFacts
    }

    package private(set) var links: [Link] = []
    package private(set) var ghosts = 0
    private var gone: [Link] = []
    private var created = 0

    /// The server sends no ids for the first of the names until it does; the second is a link whose other side the other
    /// cluster lists.
    private static let names = ["bare", "pair", "orders", "a/b c", "stock"]
    private static let reserved = ["bare", "pair"]
    private let id: String
    private let other: String?

    package init(id: String, other: String?) {
        self.id = id
        self.other = other
    }

    package var frame: [Int: LinkFacts] { Dictionary(uniqueKeysWithValues: links.map { ($0.number, $0.facts) }) }

    package mutating func mutate(using random: inout SeededGenerator) {
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
        // A link of a name alone, or of a given id, is the same however often it goes; so there is but one of that name.
        guard !Self.reserved.contains(name) || !gone.contains(where: { $0.facts.name == name }) else { return }
        created += 1
        var facts = LinkFacts(name: name, id: name == "bare" ? nil : name == "pair" ? "id-pair" : "id-\(created)")
        switch name == "pair" ? (id < other ?? "" ? 0 : 1) : Int.random(in: 0..<5, using: &random) {
        case 0: facts.source = other
        case 1: facts.destination = other
        case 2: facts.remote = random.one(of: [other, "lkc-elsewhere"])
        case 3: (facts.source, facts.destination) = (other, id)
        default: break
        }
        links.append(Link(number: created, facts: facts))
    }

    private mutating func comeBack(using random: inout SeededGenerator) {
        let able = gone.indices.filter { index in !links.contains { $0.facts.name == gone[index].facts.name } }
        guard !able.isEmpty else { return }
        var link = gone.remove(at: random.one(of: able))
        link.facts.tasks = []
        links.append(link)
    }

    /// Another link under the same name, even between two polls; not where the server may never have sent the first one's
    /// id, as the other's would then be taken for it.
    private mutating func recreate(using random: inout SeededGenerator) {
        guard let index = links.indices.filter({ links[$0].facts.name != "bare" }).randomElement(using: &random) else {
            return
        }
        gone.append(links[index])
        created += 1
        links[index] = Link(number: created, facts: LinkFacts(name: links[index].facts.name, id: "id-\(created)"))
    }

    private mutating func change(using random: inout SeededGenerator) {
        guard let index = links.indices.randomElement(using: &random) else { return }
        switch Int.random(in: 0..<9, using: &random) {
        case 0, 1, 2: links[index].facts.error = random.one(of: [nil, nil, "TIMEOUT_ERROR", "AUTHENTICATION_ERROR"])
        case 3: links[index].facts.message = random.one(of: [nil, "slow", "refused"])
        case 4: links[index].facts.state = random.one(of: [nil, "ACTIVE", "PAUSED", "FAILED", "UNAVAILABLE"])
        case 5: links[index].facts.topics.formSymmetricDifference([random.one(of: ["a", "b", "c"])])
        case 6: links[index].facts.extra = random.one(of: [nil, 1, 2])
        case 7: rename(index, using: &random)
        default: if links[index].facts.id == nil { links[index].facts.id = "id-of-\(links[index].number)" }
        }
    }

    /// Gives a link another name, by whose id the server goes on knowing it.
    private mutating func rename(_ index: Int, using random: inout SeededGenerator) {
        let taken = (links + gone).map(\.facts.name)
        guard !Self.reserved.contains(links[index].facts.name),
            let name = ["renamed", "renamed again"].first(where: { !taken.contains($0) })
        else { return }
        links[index].facts.name = name
    }
}
