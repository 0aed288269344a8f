package import ClusterLinks

/// The whole inventory at one moment, immutable: what every answer about the present is made from.
package struct FleetView: Sendable {
    /// Another number means that something has changed; an equal one, within one run of the service, that nothing has.
    package let generation: UInt64
    /// The last change that the view contains.
    package let sequence: Int64
    /// Ordered by id; clusters that left the configuration among them.
    package let clusters: [ClusterView]

    package func cluster(_ id: ClusterID) -> ClusterView? {
        let index = clusters.partitioningIndex { $0.id >= id }
        return index < clusters.endIndex && clusters[index].id == id ? clusters[index] : nil
    }
}

extension Array {
    /// The first index whose element belongs to the second of two parts, by bisection; `endIndex` where none does.
    package func partitioningIndex(where belongsToSecond: (Element) -> Bool) -> Int {
        var low = startIndex
        var high = endIndex
        while low < high {
            let middle = low + (high - low) / 2
            if belongsToSecond(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
