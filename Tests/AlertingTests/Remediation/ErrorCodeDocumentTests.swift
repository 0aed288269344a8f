import Alerting
import Foundation
import Testing

struct ErrorCodeDocumentTests {
    private static let repository = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    @Test(arguments: AlertKind.allCases)
    func `the document says of each kind what the catalogue says`(kind: AlertKind) throws {
        let document = try ErrorCodeDocument(repository: Self.repository)
        let expected = ErrorCodeGuide.entries.filter { $0.kind == kind }.map(ErrorCodeDocument.row)
        let told = try #require(document.rows[kind])
        #expect(told == expected)
    }
}
