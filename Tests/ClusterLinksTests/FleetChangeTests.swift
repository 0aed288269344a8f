import ClusterLinks
import Testing

/// Truth rule 16: a cluster that leaves the configuration is ignorance, and coming back it goes on.
struct FleetChangeTests {
    struct Case: Sendable {
        let known: [String: Bool]
        let configured: Set<String>
        var retired: [String] = []
        var restored: [String] = []
        var added: [String] = []
    }

    @Test(arguments: [
        Case(known: [:], configured: []),
        Case(known: [:], configured: ["b", "a"], added: ["a", "b"]),
        Case(known: ["a": true, "b": true], configured: ["a", "b"]),
        Case(known: ["a": true, "b": true, "c": true], configured: ["b"], retired: ["a", "c"]),
        Case(known: ["a": false, "b": true], configured: ["b"]),
        Case(known: ["a": false, "b": true, "c": false], configured: ["a", "b", "c"], restored: ["a", "c"]),
        Case(known: ["a": false, "b": true], configured: ["a", "c"], retired: ["b"], restored: ["a"], added: ["c"]),
        Case(known: ["a": true], configured: [], retired: ["a"]),
    ])
    func aNewConfigurationTellsWhoLeftAndWhoCame(of given: Case) {
        let known = Dictionary(uniqueKeysWithValues: given.known.map { (ClusterID($0.key), $0.value) })
        let change = FleetChange(known: known, configured: Set(given.configured.map { ClusterID($0) }))
        #expect(change.retired.map(\.rawValue) == given.retired)
        #expect(change.restored.map(\.rawValue) == given.restored)
        #expect(change.added.map(\.rawValue) == given.added)
    }
}
