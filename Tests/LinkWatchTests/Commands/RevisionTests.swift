import Foundation
import Testing

@testable import LinkWatch

/// Which commit an executable says it was built from.
@Suite(.timeLimit(.minutes(1)))
struct RevisionTests {
    /// Runs shell commands in a folder and gives what they said.
    private func shell(_ script: String, in folder: String, _ environment: [String: String] = [:]) async throws
        -> String
    {
        let process = try LinkWatchProcess(
            command: ["/bin/sh", "-euc", "cd '\(folder)'\n\(script)"],
            environment: [
                "PATH": "/usr/bin:/bin", "GIT_CONFIG_GLOBAL": "/dev/null", "GIT_AUTHOR_NAME": "a",
                "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
            ].merging(environment) { $1 }
        )
        #expect(await process.end() == .exit(0), "\(script): \(process.errors)")
        return process.output.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Lends a folder with the script and something to build, without a history.
    private func withSources(_ body: (String) async throws -> Void) async throws {
        try await withTemporaryFolder { folder in
            let script = LitestreamConfigurationTests.repository.appending(path: "Scripts/revision").path
            _ = try await shell(
                """
                mkdir -p tree/Scripts tree/Sources tree/docs
                cp '\(script)' tree/Scripts/
                printf 'Scripts/revision export-subst\\n' >tree/.gitattributes
                touch tree/Package.swift tree/Sources/a.swift
                """,
                in: folder
            )
            try await body(folder + "tree")
        }
    }

    private func expect(
        _ script: String,
        in folder: String,
        _ environment: [String: String] = [:],
        says text: String,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let said = try await shell(script, in: folder, environment)
        #expect(said == text, sourceLocation: sourceLocation)
    }

    private static let commit = "git init -q . && git add -A && git commit -qm first"

    @Test func `it is the commit, and dirty where what is built differs`() async throws {
        try await withSources { tree in
            let first = try await shell("\(Self.commit); git rev-parse HEAD", in: tree)
            try await expect("Scripts/revision", in: tree, says: first)
            try await expect("echo >docs/new; Scripts/revision", in: tree, says: first)
            try await expect("echo >>Sources/a.swift; Scripts/revision", in: tree, says: first + "-dirty")
            try await expect("git checkout -q Sources; Scripts/revision", in: tree, says: first)
            try await expect("echo >Sources/b.swift; Scripts/revision", in: tree, says: first + "-dirty")
            let second = try await shell("git add -A; git commit -qm second; git rev-parse HEAD", in: tree)
            #expect(second != first)
            try await expect("Scripts/revision", in: tree, says: second)
        }
    }

    @Test func `without a history nobody knows, unless it is said`() async throws {
        try await withSources { tree in
            try await expect("Scripts/revision", in: tree, says: "")
            try await expect("Scripts/revision", in: tree, ["LINKWATCH_REVISION": "v1-3-gabc"], says: "v1-3-gabc")
            let written = "Scripts/revision out; grep -v '^//' out"
            try await expect(written, in: tree, says: "let builtFrom: String? = nil")
            // Unpacked within another repository, whose commit says nothing of these sources.
            try await expect("cd ..; \(Self.commit); tree/Scripts/revision", in: tree, says: "")
        }
    }

    @Test func `an archive knows its commit`() async throws {
        try await withSources { tree in
            let first = try await shell("\(Self.commit); git rev-parse HEAD", in: tree)
            let unpack = "mkdir ../unpacked; git archive HEAD | tar -xC ../unpacked"
            try await expect("\(unpack); ../unpacked/Scripts/revision", in: tree, says: first)
        }
    }

    @Test func `what would not be a name is refused, and what is written already stays as it is`() async throws {
        try await withSources { tree in
            let refusal = try await shell("! LINKWATCH_REVISION='a\"b' Scripts/revision out 2>&1", in: tree)
            #expect(refusal.hasPrefix("LINKWATCH_REVISION takes letters"))
            let twice = """
                LINKWATCH_REVISION=abc Scripts/revision out; touch -d 2001-01-01 out
                LINKWATCH_REVISION=abc Scripts/revision out; find out -newermt 2002-01-01; grep -v '^//' out
                """
            try await expect(twice, in: tree, says: "let builtFrom: String? = \"abc\"")
        }
    }

    @Test func `the built executable says a commit of this history`() async throws {
        let result = try await runLinkWatch("--version")
        #expect(result.ending == .exit(0))
        let said = try #require(result.output.firstMatch(of: /^([0-9.]+)(?: \(([0-9a-f]{40})(-dirty)?\))?\n$/))
        #expect(said.output.1 == Version.text)
        let repository = LitestreamConfigurationTests.repository
        guard FileManager.default.fileExists(atPath: repository.appending(path: ".git").path) else { return }
        let commit = try #require(said.output.2, "\(result.output)")
        try await expect("git cat-file -t \(commit)", in: repository.path, says: "commit")
    }
}
