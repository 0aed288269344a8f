/// How often each cluster was asked what: what a test asserts instead of guessing from time.
package struct RequestLedger: Sendable, Equatable {
    /// One kind of request to one cluster, known or not.
    package struct Key: Sendable, Hashable, Comparable {
        package var clusterID: String
        package var method: String
        /// Below the cluster and decoded: `/links`, `/links/orders-dr`.
        package var path: String

        package init(_ clusterID: String, _ method: String, _ path: String) {
            self.clusterID = clusterID
            self.method = method
            self.path = path
        }

        package static func < (left: Key, right: Key) -> Bool {
            (left.clusterID, left.path, left.method) < (right.clusterID, right.path, right.method)
        }
    }

    package private(set) var counts: [Key: Int] = [:]

    mutating func count(_ request: UpstreamRequest) {
        counts[Key(request.clusterID, request.operation.method, request.operation.path), default: 0] += 1
    }

    mutating func clear() {
        counts = [:]
    }

    /// Requests that fit every part given; nil fits all.
    package func total(of clusterID: String? = nil, method: String? = nil, path: String? = nil) -> Int {
        counts.reduce(0) { sum, entry in
            let fits =
                (clusterID ?? entry.key.clusterID) == entry.key.clusterID
                && (method ?? entry.key.method) == entry.key.method && (path ?? entry.key.path) == entry.key.path
            return fits ? sum + entry.value : sum
        }
    }
}
