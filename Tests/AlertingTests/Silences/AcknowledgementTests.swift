import Alerting
import ClusterLinks
import ExactJSON
import Testing

struct AcknowledgementTests {
    private let alert = AlertSample.firing("a")

    @Test func `it says who, why and when`() throws {
        let body = try Acknowledgement(body: ["by": "ada", "comment": "on it"], of: alert, at: AlertSample.start).json
        #expect(body == ["by": "ada", "comment": "on it", "at": .string(AlertSample.start.description)])
    }

    @Test func `a resolved alert cannot be acknowledged`() {
        let resolved = AlertSample.resolved(alert, at: AlertSample.at(5))
        #expect(throws: SuppressionFault.alreadyResolved(alert: "a")) {
            try Acknowledgement(of: resolved, by: "ada", comment: "on it", at: AlertSample.at(6))
        }
    }

    @Test func `who and why are needed`() {
        #expect(throws: SuppressionFault.noAuthor) {
            try Acknowledgement(body: ["comment": "x"], of: alert, at: AlertSample.start)
        }
        #expect(throws: SuppressionFault.noComment) {
            try Acknowledgement(body: ["by": "ada"], of: alert, at: AlertSample.start)
        }
        #expect(throws: SuppressionFault.noAuthor) {
            try Acknowledgement(body: ["by": 3, "comment": "x"], of: alert, at: AlertSample.start)
        }
    }
}
