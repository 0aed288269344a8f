package import Querying

/// Who answers statements in SQL, as far as the interface may ask it.
package protocol QueryControl: Sendable {
    /// Answers a statement about the fleet as it is now and as it was.
    /// - Throws: `QueryRefusal`.
    func answer(_ question: QueryQuestion) async throws(QueryRefusal) -> QueryAnswer

    /// How statements went so far.
    var tally: QueryTally { get }

    /// Statements that are being answered now.
    var running: Int { get }
}
