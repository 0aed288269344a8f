import InventoryAPI
import Locking
import Querying

/// Answers statements by what they are: nothing is run.
final class FakeQueries: QueryControl {
    private let refusals = Locked<[String: QueryRefusal]>([:])
    private let asked = Locked<[QueryQuestion]>([])

    let running = 1

    var tally: QueryTally { QueryTally() }

    /// What was asked so far.
    var questions: [QueryQuestion] { asked.withLock(\.self) }

    func refuse(_ sql: String, _ refusal: QueryRefusal) { refusals.withLock { $0[sql] = refusal } }

    func answer(_ question: QueryQuestion) async throws(QueryRefusal) -> QueryAnswer {
        asked.withLock { $0.append(question) }
        if let refusal = refusals.withLock({ $0[question.sql] }) { throw refusal }
        return QueryAnswer(
            format: question.format,
            columns: [QueryAnswer.Column(name: "n", type: "integer")],
            rowCount: 2,
            cut: question.sql == "many" ? .rows : nil,
            duration: .milliseconds(5),
            rows: Array((question.format == .json ? "[1],[2]" : "1\r\n2\r\n").utf8)
        )
    }
}
