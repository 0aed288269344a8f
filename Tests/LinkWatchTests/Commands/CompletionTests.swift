import ConfluentSimulator
import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

/// Completions as the shells themselves ask for them.
@Suite(.timeLimit(.minutes(2)))
struct CompletionTests {
    /// What bash offers after a line: its own variables are set as it sets them, as there is no terminal.
    private static let asking = """
        PATH="$1:$PATH"; source "$2"; COMP_LINE="$3"; COMP_POINT=${#COMP_LINE}; read -ra COMP_WORDS <<<"$3"
        [[ "$3" == *' ' ]] && COMP_WORDS+=(''); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); COMP_TYPE=9; COMP_KEY=9
        compopt() { :; }
        _linkwatch linkwatch "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"; printf '%s\\n' "${COMPREPLY[@]}"
        """

    private func complete(
        _ line: String,
        _ folder: String,
        url: String
    ) async throws -> (offered: [String], errors: String) {
        let script = folder + "completions.bash"
        if !FileManager.default.fileExists(atPath: script) {
            try write(try await runLinkWatch("--generate-completion-script", "bash").output, to: script)
        }
        let bin = URL(filePath: try SpawnedProcess.linkwatch).deletingLastPathComponent().path
        let process = try LinkWatchProcess(
            command: ["/usr/bin/env", "bash", "--norc", "-c", Self.asking, "bash", bin, script, line],
            environment: [
                "LINKWATCH_URL": url, "PATH": "/usr/bin:/bin", "HOME": folder, "SWIFT_BACKTRACE": "enable=no",
            ]
        )
        await process.end()
        return (process.output.split(separator: "\n").map(String.init), process.errors)
    }

    @Test func `names of clusters and links and ids of alerts come from the service`() async throws {
        // bash runs what stands in a word that it is offered.
        let hostile = "$(touch $HOME/owned)`touch $HOME/owned`"
        try await AskedService.with(configure: { $0.clusters[1].name = hostile }) { asked in
            let names = asked.simulator.fleet.clusters.map { $0.links.map(\.name) }
            func offered(_ line: String) async throws -> [String] {
                let answer = try await complete(line, asked.folder, url: asked.live.api.base)
                #expect(answer.errors.isEmpty, "\(line): \(answer.errors)")
                return answer.offered
            }
            let clusters = try await offered("linkwatch history ")
            #expect(Set(clusters) == ["orders-eu", asked.simulator.fleet.clusterIDs[1]])
            let begun = try await offered("linkwatch history ord")
            #expect(begun == ["orders-eu"], "\(begun)")
            let links = try await offered("linkwatch history orders-eu ")
            #expect(
                Set(names[0]).isSubset(of: links) && Set(links).isDisjoint(with: Set(names[1]).subtracting(names[0])),
                "\(links)"
            )
            let filter = try await offered("linkwatch links --cluster ord")
            #expect(filter == ["orders-eu"], "\(filter)")
            let alerts = try await offered("linkwatch ack ")
            let firing = try await asked.live.api.get("/api/v1/alerts?state=firing,pending").rows.compactMap(
                \.["id"].string
            )
            #expect(Set(firing).isSubset(of: alerts), "\(alerts)")
            #expect(try await offered("linkwatch hist").contains("history"))
            #expect(!FileManager.default.fileExists(atPath: asked.folder + "owned"))
        }
    }

    @Test func `without a service there is nothing to choose from, soon and without a word`() async throws {
        try await withTemporaryFolder { folder in
            // It takes connections and never answers.
            let port = try ListeningPort("127.0.0.1")
            for url in ["http://127.0.0.1:1", "http://127.0.0.1:\(port.port)", "nonsense"] {
                let started = ContinuousClock.now
                let answer = try await complete("linkwatch history ", folder, url: url)
                #expect(started.duration(to: .now) < .seconds(10))
                #expect(answer.errors.isEmpty, "\(answer.errors)")
                #expect(answer.offered.isEmpty, "\(answer.offered)")
            }
        }
    }

    @Test(arguments: [("zsh", ["-n"]), ("fish", ["--no-execute"])])
    func `the other shells read their scripts`(_ shell: String, _ options: [String]) async throws {
        try await withTemporaryFolder { folder in
            let script = folder + "linkwatch.\(shell)"
            let written = try await runLinkWatch("--generate-completion-script", shell).output
            // They ask for names in the way that is tried above.
            #expect(written.contains("---completion history -- positional@0"))
            try write(written, to: script)
            let process = try LinkWatchProcess(
                command: ["/usr/bin/env", shell] + options + [script],
                environment: ["PATH": "/usr/bin:/bin", "HOME": folder]
            )
            #expect(await process.end() == .exit(0), "\(process.errors)")
            #expect(process.errors.isEmpty)
        }
    }

    @Test(
        arguments: [
            ("orders-dr", true), ("a.b_c@d", true), ("größe", true), ("漢字", true), ("", false), ("-rf", false),
            ("a b", false), ("$(x)", false),
            ("`x`", false), ("a;b", false), ("a\nb", false), ("a'b", false), ("a\"b", false), ("a\\b", false),
            ("~", false), ("*", false),
            ("{a,b}", false), ("a:b", false), ("\u{202E}a", false), ("a&b", false), ("!a", false), ("a\u{A0}b", false),
        ]
    )
    func `only a name that means nothing to a shell is offered`(_ name: String, _ isOffered: Bool) {
        #expect(NameCompletion.isHarmless(name) == isOffered)
    }
}
