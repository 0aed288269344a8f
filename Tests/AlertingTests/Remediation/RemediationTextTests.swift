import ClusterLinks
import Foundation
import Testing

@testable import Alerting

/// What holds for every text, those about unknown codes included.
struct RemediationTextTests {
    private static let remediations =
        ErrorCodeGuide.entries.map(\.remediation) + [
            ErrorCodeGuide.unknownLinkError, ErrorCodeGuide.unknownState, ErrorCodeGuide.unknownTaskError,
            ErrorCodeGuide.unknownReason,
        ]
    /// What may stand for something else in a command.
    private static let placeholders: Set = [
        "CLUSTER", "LINK", "REMOTE", "TOPIC", "GROUP", "HOST", "PORT", "PROXY", "KEY", "FILE", "ID",
    ]

    @Test(arguments: remediations)
    func `each text is one line of sentences, and short`(remediation: Remediation) {
        for text in [remediation.meaning, remediation.likelyCause, remediation.firstStep] {
            #expect(!text.isEmpty)
            #expect(text == text.trimmingCharacters(in: .whitespacesAndNewlines), "\(text)")
            #expect(!text.contains("  ") && !text.contains(where: \.isNewline), "\(text)")
            #expect(text.last == "." || text.last == "?", "\(text)")
            #expect(text.utf8.count <= 280, "\(text.utf8.count) bytes: \(text)")
            #expect(text.utf8.allSatisfy { $0 < 0x80 }, "\(text)")
        }
        #expect(remediation.meaning.utf8.count <= 140, "\(remediation.meaning)")
    }

    @Test(arguments: remediations)
    func `commands end where they should, and name nothing but placeholders`(remediation: Remediation) {
        let parts = remediation.firstStep.split(separator: "`", omittingEmptySubsequences: false)
        #expect(parts.count % 2 == 1, "\(remediation.firstStep)")
        for command in parts.enumerated().filter({ $0.offset % 2 == 1 }).map(\.element) {
            let words = command.matches(of: /\b[A-Z]{2,}\b/).map { String($0.output) }.filter { $0 != "GET" }
            #expect(Self.placeholders.isSuperset(of: words), "\(command)")
        }
    }

    @Test(arguments: remediations)
    func `links lead to pages of Confluent's`(remediation: Remediation) throws {
        guard let link = remediation.link else { return }
        let address = try #require(URL(string: link))
        #expect(address.scheme == "https")
        #expect(address.host() == "docs.confluent.io")
        #expect(address.pathExtension == "html")
    }

    @Test func `linkwatch is told to do only what its command line offers`() {
        let offered: Set = ["poll", "check-config", "errors", "history"]
        for remediation in Self.remediations {
            for command in remediation.firstStep.matches(of: /`linkwatch ([a-z-]+)/) {
                #expect(offered.contains(String(command.output.1)), "\(remediation.firstStep)")
            }
        }
    }
}
