/// Names a connection of one event loop; a name is never used again, so what comes late finds nothing.
struct ConnectionID: Sendable, Hashable {
    let token: UInt64
}

/// Names one request and its answer on a connection.
struct ExchangeID: Sendable, Hashable {
    let connection: ConnectionID
    let number: Int
}

/// The open connections of an event loop, found by their names without hashing.
struct ConnectionTable {
    private var slots: [Connection?] = []
    private var generations: [UInt32] = []
    private var free: [Int] = []
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// Puts in the connection that is made for the name chosen.
    mutating func insert(_ make: (ConnectionID) -> Connection) -> Connection {
        let slot: Int
        if let reused = free.popLast() {
            slot = reused
        } else {
            slot = slots.count
            slots.append(nil)
            generations.append(0)
        }
        let connection = make(ConnectionID(token: UInt64(generations[slot]) << 32 | UInt64(slot)))
        slots[slot] = connection
        count += 1
        return connection
    }

    subscript(_ token: UInt64) -> Connection? {
        let slot = Int(token & 0xFFFF_FFFF)
        guard slot < slots.count, generations[slot] == UInt32(token >> 32) else { return nil }
        return slots[slot]
    }

    mutating func remove(_ id: ConnectionID) {
        let slot = Int(id.token & 0xFFFF_FFFF)
        guard self[id.token] != nil else { return }
        slots[slot] = nil
        generations[slot] &+= 1
        free.append(slot)
        count -= 1
    }

    /// All connections, in a copy that outlives removals.
    var all: [Connection] { slots.compactMap(\.self) }
}
