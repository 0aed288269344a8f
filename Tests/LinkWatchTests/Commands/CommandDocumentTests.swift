import ExactJSON
import Foundation
import Testing

@testable import LinkWatch

struct CommandDocumentTests {
    /// What a command takes: `--config`, `<file>`.
    private typealias Arguments = [String: String?]

    /// From what the parser of command lines says of itself; what belongs to every command is left out.
    private func parsed() async throws -> [String: Arguments] {
        let process = try LinkWatchProcess(["--experimental-dump-help"])
        #expect(await process.end() == .exit(0))
        let root = try JSONValue(parsing: Array(process.output.utf8))
        var commands: [String: Arguments] = [:]
        for (name, command) in CommandDump.commands(in: root) {
            var arguments: Arguments = [:]
            for argument in command["arguments"].array ?? [] where argument["shouldDisplay"] == true {
                guard let value = argument["valueName"].string else { continue }
                let names = (argument["names"].array ?? []).compactMap { $0["name"].string }
                let spelling = names.last.map { "--\($0)" } ?? "<\(value)>"
                arguments[spelling] = .some(argument["defaultValue"].string)
            }
            commands[name] = arguments.filter { !["--help", "--version"].contains($0.key) }
        }
        return commands
    }

    /// From the sections of the document: each row is an option.
    private func documented() throws -> [String: Arguments] {
        var commands: [String: Arguments] = [:]
        for section in try Repository.text("docs/commands.md").components(separatedBy: "\n## ").dropFirst() {
            let lines = section.split(separator: "\n", omittingEmptySubsequences: false)
            guard let name = lines.first.map(String.init), name.first?.isLowercase == true else { continue }
            var arguments: Arguments = [:]
            for line in lines {
                guard let row = line.firstMatch(of: #/^\| `([^`]+)` \| (?:`([^`]+)` \|)?/#) else { continue }
                arguments[String(row.1)] = .some(row.2.map(String.init))
            }
            commands[name] = arguments
        }
        return commands
    }

    @Test func `every command and option is documented with its default, and none that does not exist`() async throws {
        let parsed = try await parsed()
        let documented = try documented()
        #expect(parsed.keys.sorted() == documented.keys.sorted())
        for (command, arguments) in parsed {
            let shown = documented[command] ?? [:]
            #expect(arguments.keys.sorted() == shown.keys.sorted(), "\(command)")
            for case (let argument, .some(let value)) in arguments {
                #expect(shown[argument] == .some(value), "\(command) \(argument)")
            }
        }
    }
}

/// What the parser of command lines says of itself.
enum CommandDump {
    /// Every command that is shown, those within others by both names: `silence add`.
    static func commands(in root: JSONValue) -> [(name: String, command: JSONValue)] {
        commands(below: root["command"], named: "")
    }

    private static func commands(below parent: JSONValue, named path: String) -> [(name: String, command: JSONValue)] {
        (parent["subcommands"].array ?? []).filter { $0["shouldDisplay"] == true && $0["commandName"] != "help" }
            .flatMap { command -> [(name: String, command: JSONValue)] in
                let name = [path, command["commandName"].string ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
                return [(name, command)] + commands(below: command, named: name)
            }
    }
}
