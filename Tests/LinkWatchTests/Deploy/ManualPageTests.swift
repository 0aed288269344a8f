import ExactJSON
import Foundation
import Testing

/// The manual page against what the executable says of itself.
struct ManualPageTests {
    /// Options by command; those of no command under the empty name.
    private typealias Options = [String: Set<String>]

    private func page() throws -> String {
        let file = LitestreamConfigurationTests.repository.appending(path: "deploy/linkwatch.1")
        return try String(contentsOf: file, encoding: .utf8).replacing("\\-", with: "-")
    }

    /// What stands under each command's heading.
    private func documented() throws -> Options {
        var options: Options = [:]
        var command: String?
        for line in try page().split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.first == ".SS" {
                // What follows in another font or with hyphens is what the command takes.
                let name = words.dropFirst().prefix { $0.first?.isLetter == true }.joined(separator: " ")
                command = name
                options[name] = []
            } else if words.first == ".SH" {
                command = nil
            }
            if let command, !line.hasPrefix(".SH") {
                options[command]?.formUnion(line.matches(of: /--([a-z-]+)/).map { String($0.output.1) })
            }
        }
        return options
    }

    private func existing() async throws -> Options {
        let dump = try await runLinkWatch("--experimental-dump-help")
        let commands = CommandDump.commands(in: try JSONValue(parsing: dump.output))
        var options: Options = [:]
        for (name, command) in commands {
            let names = (command["arguments"].array ?? []).filter { $0["kind"] != "positional" }
                .flatMap { $0["names"].array ?? [] }.filter { $0["kind"] == "long" }.compactMap(\.["name"].string)
            options[name] = Set(names).subtracting(["help", "version"])
        }
        return options
    }

    @Test func `it has every command and option that exists, and no other`() async throws {
        var documented = try documented()
        #expect(documented.removeValue(forKey: "help") == ["help"])
        #expect(documented == (try await existing()))
    }

    @Test func `it has every exit status and variable, and is well-formed`() async throws {
        let page = try page()
        for mention in [
            "LINKWATCH_URL", "LINKWATCH_TOKEN_FILE", "NO_COLOR", "CREDENTIALS_DIRECTORY", "\n64\n", "\n78\n",
            "--generate-completion-script",
        ] {
            #expect(page.contains(mention), "\(mention)")
        }
    }

    @Test(arguments: ["bash", "zsh", "fish"])
    func `the executable completes its commands`(_ shell: String) async throws {
        let script = try await runLinkWatch("--generate-completion-script", shell)
        #expect(script.ending == .exit(0))
        for mention in ["healthcheck", "check-config", "log-format"] { #expect(script.output.contains(mention)) }
    }
}
