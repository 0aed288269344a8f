/// The shared rows that the writer found or inserted since a sweep began to look for those that nothing refers to.
///
/// Belongs to the inventory's queue. The sweep sees what was referred to before; this is what came to be since.
final class KeysInUse {
    private var keys: [SharedTable: Set<Int64>] = [:]

    func note(_ key: Int64, in table: SharedTable) { keys[table, default: []].insert(key) }

    func contains(_ key: Int64, in table: SharedTable) -> Bool { keys[table]?.contains(key) ?? false }
}
