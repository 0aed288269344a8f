import Alerting
import Foundation
import Testing

@testable import LinkWatch

/// Every alert, of Prometheus' rules and of linkwatch itself, has a paragraph of the runbook, and every paragraph an alert.
struct RunbookTests {
    private struct Paragraph {
        let alert: String
        let text: String
    }

    private let rules: [PrometheusRules.Rule]
    private let paragraphs: [Paragraph]

    init() throws {
        rules = try PrometheusRules().rules
        let runbook = try Repository.text("docs/runbook.md")
        paragraphs = runbook.components(separatedBy: "\n### ").dropFirst().map { part in
            let alert = part.prefix { $0 != "\n" }
            let end = part.firstRange(of: "\n## ")?.lowerBound ?? part.endIndex
            return Paragraph(alert: String(alert), text: String(part[alert.endIndex..<end]))
        }
    }

    @Test func `rules and paragraphs are the same`() {
        #expect(rules.count > 10)
        #expect(Set(rules.map(\.name)).count == rules.count)
        #expect(paragraphs.map(\.alert) == rules.map(\.name), "in one order, too")
    }

    @Test func `every kind of alert has a rule and a paragraph that names it with its severity`() throws {
        for kind in AlertKind.allCases {
            let rule = try #require(rules.first { $0.name == kind.alertName })
            #expect(rule.text.contains("link:clusterlink_alert_firing:held{kind=\"\(kind.rawValue)\"}"))
            // The configuration may give another.
            #expect(rule.value(of: "severity") == "'{{ $labels.severity }}'")
            let paragraph = try #require(paragraphs.first { $0.alert == kind.alertName })
            #expect(paragraph.text.hasPrefix("\n\n`\(kind.rawValue)`, \(kind.defaultSeverity.rawValue)."))
        }
        #expect(rules.count { $0.text.contains("alert_firing:held{kind=") } == AlertKind.allCases.count + 1)
    }

    @Test func `every rule has a severity, a summary, a description and its paragraph`() {
        for rule in rules {
            let severity = rule.value(of: "severity") ?? ""
            #expect(["critical", "warning", "'{{ $labels.severity }}'"].contains(severity), "\(rule.name)")
            #expect(rule.value(of: "summary")?.isEmpty == false, "\(rule.name)")
            #expect(rule.value(of: "description")?.isEmpty == false, "\(rule.name)")
            let anchor = "\(PrometheusRules.runbook)#\(rule.name.lowercased())"
            #expect(rule.value(of: "runbook_url") == anchor, "\(rule.name)")
        }
    }

    @Test func `every paragraph says what it means, what to run first, and how to be quiet`() {
        for paragraph in paragraphs {
            for part in ["Impact", "First", "Then", "Likely", "Over", "Silence"] {
                #expect(paragraph.text.contains("\n- **\(part)**: "), "\(paragraph.alert): \(part)")
            }
            let first = paragraph.text.firstMatch(of: /\*\*First\*\*: (.*)/)?.output.1 ?? ""
            #expect(first.contains("`"), "\(paragraph.alert): a command comes first")
        }
    }

    @Test func `its links into this repository lead somewhere`() throws {
        let runbook = try Repository.text("docs/runbook.md")
        for link in runbook.matches(of: /\]\(([^)#]+)?(?:#([^)]+))?\)/) {
            let file = link.output.1.map(String.init) ?? "runbook.md"
            let text = try Repository.text("docs/" + file)
            guard let anchor = link.output.2 else { continue }
            let headings = text.matches(of: /(?m)^#+ (.*)$/).map { $0.output.1.lowercased().replacing("`", with: "") }
            #expect(headings.contains(String(anchor)), "\(file)#\(anchor)")
        }
    }

    @Test func `the rules' tests see each rule fire, and not fire`() throws {
        let folder = "deploy/prometheus/tests"
        let files = try FileManager.default.contentsOfDirectory(atPath: Repository.path(folder))
        let cases = try files.flatMap { file in
            try Repository.text("\(folder)/\(file)").components(separatedBy: "- eval_time: ").dropFirst()
        }
        for rule in rules {
            let own = cases.filter { $0.contains("alertname: \(rule.name)\n") }
            #expect(own.contains { $0.contains("exp_alerts: []") }, "\(rule.name)")
            #expect(own.contains { $0.contains("exp_annotations:") }, "\(rule.name)")
        }
    }
}
