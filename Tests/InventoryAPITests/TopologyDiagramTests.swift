import ClusterLinks
import ExactJSON
import Inventory
import Testing

/// `/api/v1/topology?format=mermaid`.
struct TopologyDiagramTests {
    @Test func aFleetIsAFlowchart() async throws {
        try await TopologyTests.withFleet { fixture in
            let answer = try await fixture.get("/api/v1/topology?format=mermaid")
            #expect(answer.status == 200)
            #expect(answer.fields["content-type"] == "application/vnd.mermaid")
            let lines = answer.text.split(separator: "\n").map { $0.trimmingPrefix { $0 == " " } }
            #expect(lines.first == "flowchart LR")
            #expect(
                lines.drop { !$0.hasPrefix("n") } == [
                    #"n0["east<br/>lkc-1"]:::error"#, #"n1["lkc-2"]:::error"#, #"n2["lkc-3"]:::ok"#,
                    #"n3(["not told<br/>remote end of lkc-3"]):::unknown"#, #"n4(["lkc-9<br/>not polled"]):::unknown"#,
                    #"n0 <-->|"both"| n2"#, #"n4 -->|"in<br/>FAILED"| n0"#,
                    #"n0 -->|"out"| n1"#, #"n1 -->|"initiated<br/>TIMEOUT_ERROR"| n0"#, #"n3 -.->|"untold"| n2"#,
                    "linkStyle 1,3 stroke:#d93025",
                ]
            )
        }
    }

    /// Every line has the form of the grammar, whatever the names are: nothing of a name is outside of quotes, and within them
    /// stands nothing but letters, digits, codes, and marks between two of these.
    @Test(arguments: [
        "end", "a\"b", "a]b[c", "(x)", "a|b", "<script>alert(1)</script>", "a<br/>b", "`x`", "*x* _y_ __z__", "1. one",
        "- one", "# one", "    code", "#quot;", "#35;", "&lt;", "%%{init: {}}%%", "%% x", "---", "a-->b", ":::ok",
        "style x:#y;z",
        "x\ny", "x\r\ny", "\u{0}\u{1}", "\u{202E}x", "Gr\u{F6}\u{DF}e", "\u{6771}\u{4EAC}", "\u{1F600}",
        "\u{FB02}\u{B0}\u{B0}9\u{B6}\u{DF}",
        "e\u{301}", "subgraph x", "click n0 href", "..", "x/y", String(repeating: "\"", count: 300), "\\", ";",
        "@{ shape: x }", " ",
    ])
    func anyNameIsALabel(name: String) async throws {
        let cluster = ClusterDescription(id: ClusterID("lkc-1"), name: name)
        try await APIFixture.with(clusters: [cluster]) { fixture in
            try await fixture.list([item(name, ["source_cluster_id": .string(name), "link_error": .string(name)])])
            let answer = try await fixture.get("/api/v1/topology?format=mermaid")
            let lines = answer.text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().dropFirst(5)
            #expect(lines.count == 4)
            let label = #/"((?:[\p{Alphabetic}\p{Nd}]|#\d+;|[ \-_.]|<br/>)+)"/#
            let forms = [
                #/    n\d\["[^"]+"\]:::\w+/#, #/    n\d\(\["[^"]+"\]\):::\w+/#, #/    n\d -->\|"[^"]+"\| n\d/#,
                #/    linkStyle \d stroke:#[0-9a-f]{6}/#,
            ]
            for line in lines {
                #expect(forms.contains { line.wholeMatch(of: $0) != nil }, "\(line)")
                for match in line.matches(of: label) {
                    #expect(Self.decoded(match.output.1).contains(name), "\(line)")
                }
                #expect(line.matches(of: label).count == (line.contains("linkStyle") ? 0 : 1), "\(line)")
            }
        }
    }

    @Test func anEmptyFleetIsADiagramToo() async throws {
        try await APIFixture.with(clusters: []) { fixture in
            let answer = try await fixture.get("/api/v1/topology?format=mermaid")
            #expect(answer.text.split(separator: "\n").count == 5)
        }
    }

    /// Codes put back into the characters that Mermaid shows for them.
    private static func decoded(_ label: Substring) -> String {
        var text = String.UnicodeScalarView()
        for part in label.split(separator: "#", omittingEmptySubsequences: false).enumerated() {
            guard part.offset > 0, let end = part.element.firstIndex(of: ";"), let value = UInt32(part.element[..<end]),
                let scalar = Unicode.Scalar(value)
            else {
                text.append(contentsOf: part.element.unicodeScalars)
                continue
            }
            text.append(scalar)
            text.append(contentsOf: part.element[part.element.index(after: end)...].unicodeScalars)
        }
        return String(text)
    }
}
