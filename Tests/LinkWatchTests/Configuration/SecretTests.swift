import Foundation
import Testing

@testable import LinkWatch

struct SecretTests {
    @Test func `a secret prints redacted however it is printed`() throws {
        try withFolder { folder in
            try write("hunter2", to: folder + "s")
            for secret in [Secret("hunter2"), Secret(file: folder + "s")] {
                #expect(try secret.reveal() == "hunter2")
                var dumped = ""
                dump([secret], to: &dumped)
                dump(Configuration.Authentication.basic(username: "u", password: secret), to: &dumped)
                for shown in [
                    "\(secret)", String(reflecting: secret), dumped, "\([secret])", "\(Optional(secret) as Any)",
                ] {
                    #expect(!shown.contains("hunter2"))
                }
                #expect("\(secret)" == "<redacted>")
                #expect(secret.debugDescription == "<redacted>")
                #expect(Mirror(reflecting: secret).children.isEmpty)
            }
        }
    }

    @Test func `a file is read again when it changed`() throws {
        try withFolder { folder in
            let path = folder + "s"
            let secret = Secret(file: path)
            for text in ["first", "other", "again", "a longer one", "short"] {
                try write("\(text)\n", to: path)
                #expect(try secret.reveal() == text)
                #expect(try secret.reveal() == text)
            }
            // As Kubernetes does it: another file takes the name.
            try write("renamed\n", to: folder + "next")
            #expect(rename(folder + "next", path) == 0)
            #expect(try secret.reveal() == "renamed")
        }
    }

    @Test func `a reading holds as long as its file has settled and stays the same`() throws {
        try withFolder { folder in
            let path = folder + "s"
            try write("first", to: path)
            let identity = try #require(BoundedFile.identity(of: path))
            #expect(identity == BoundedFile.identity(of: path))
            try write("other one", to: path)
            #expect(identity != BoundedFile.identity(of: path))
        }
    }

    @Test(arguments: [("s\n", "s"), ("s\r\n", "s"), ("s\n\n", "s"), (" s ", " s "), ("é\n", "é")])
    func `the end of the line is no part of it`(text: String, expected: String) throws {
        try withFolder { folder in
            try write(text, to: folder + "s")
            #expect(try Secret(file: folder + "s").reveal() == expected)
            #expect(try Secret(text).reveal() == expected)
        }
    }

    @Test func `what is no secret is an error that names the file`() throws {
        try withFolder { folder in
            let path = folder + "s"
            let cases: [(text: String?, expected: SecretError)] = [
                (nil, .unreadable(path: path, why: "no such file or directory")),
                ("\n", .empty(path: path)),
                ("a\nb", .malformed(path: path)),
                (
                    String(repeating: "x", count: 65 << 10),
                    .unreadable(path: path, why: "it is larger than 64KiB")
                ),
            ]
            for (text, expected) in cases {
                if let text { try write(text, to: path) }
                #expect(throws: expected) { try Secret(file: path).reveal() }
            }
            #expect(throws: SecretError.unreadable(path: folder, why: "it is not a regular file")) {
                try Secret(file: folder).reveal()
            }
            #expect(throws: SecretError.empty(path: nil)) { try Secret("").reveal() }
        }
    }

    @Test func `files of secrets are checked when the configuration is read`() throws {
        try withFolder { folder in
            try write("", to: folder + "empty")
            try write("a\u{7}b", to: folder + "bell")
            try write("0123456789abcdef0123", to: folder + "open", mode: 0o644)
            let yaml = """
                clusters:
                  - { id: a, endpoint: https://h, auth: { basic: { username: u, password_file: missing } } }
                  - { id: b, endpoint: https://h, auth: { bearer: { token_file: empty } } }
                alerts: { notify: [ { webhook: { url: https://h, secret_file: bell } } ] }
                auth: { tokens: [ { name: a, role: read, token_file: open } ] }
                """
            let file = folder + "c.yaml"
            let found = problems(in: yaml, file: file).map { $0.replacing(folder, with: "/") }
            #expect(
                found == [
                    "/c.yaml:2:80: clusters[0].auth.basic.password_file: cannot read the secret file /missing: "
                        + "no such file or directory; it has to be a file that linkwatch's user may read",
                    "/c.yaml:3:65: clusters[1].auth.bearer.token_file: the secret file /empty is empty; write the secret into it",
                    "/c.yaml:4:63: alerts.notify[0].webhook.secret_file: the secret file /bell must hold one line of text "
                        + "without control characters",
                ]
            )

            try write(yaml.split(separator: "\n").suffix(1).joined(), to: file)
            let warnings = try Configuration.load(path: file, environment: [:]).warnings.map(\.description)
            #expect(warnings.count == 2)
            #expect(
                warnings.last?.replacing(folder, with: "/")
                    == "/c.yaml:1:54: auth.tokens[0].token_file: every user can read /open; take that right away with "
                    + "chmod o-r"
            )
        }
    }

    @Test func `no finding repeats a secret`() {
        let environment = ["S": "hunter2\u{1}", "E": "hunter2"]
        let yaml = """
            poll: { interval: "${E}", concurrency: "${E}" }
            listen: "${E}"
            clusters:
              - id: "${S}"
                endpoint: "${E}"
                auth: { basic: { username: u, password: "${S}" } }
              - { id: b, endpoint: "https://${E}@h", proxy: "http://u:${E}@h", auth: { bearer: { token: ["hunter2"] } } }
              - { id: c, endpoint: "https://h", auth: { bearer: "hunter2" } }
            alerts: { notify: [ { webhook: { url: "https:/hooks.example.org/hunter2", secret: { a: hunter2 } } } ] }
            auth: { tokens: [ { name: "${S}", role: "${E}", token: "${S}" } ] }
            """
        let found = problems(in: yaml, environment: environment)
        #expect(found.count == 15)
        #expect(found.filter { $0.contains("hunter2") } == [])
    }

    @Test func `a web address shows its origin only`() throws {
        let address = try Configuration.WebAddress(
            parsing: "https://hooks.example.org/services/hunter2?k=hunter2",
            parts: [.path, .query]
        )
        #expect(address.text == "https://hooks.example.org/services/hunter2?k=hunter2")
        var dumped = ""
        dump(
            Configuration.Alerts.Receiver(name: "w", url: address, kind: .webhook(secret: nil, template: nil)),
            to: &dumped
        )
        for shown in ["\(address)", String(reflecting: address), dumped] {
            #expect(shown.contains("https://hooks.example.org"))
            #expect(!shown.contains("hunter2"))
        }
    }
}
