import ExactJSON
import Foundation
import Notifying
import Testing

@testable import LinkWatch

/// The templates that webhooks name.
struct ConfigurationTemplateTests {
    private static let yaml = """
        alerts:
          notify:
            - webhook: { url: https://h/hook, template_file: t.json }
        """
    private static let place = "/c.yaml:3:54: alerts.notify[0].webhook.template_file: "

    /// What is in the file, and what is said of it; `/` is the folder of both files.
    @Test(arguments: [
        ("", "the template /t.json is no JSON in line 1, column 1: the JSON text ends too early, at byte 0"),
        (
            "{\n  \"é\": \"x\",\n}",
            "the template /t.json is no JSON in line 3, column 1: byte 0x7d at 15 has no place in a JSON text"
        ),
        (
            "[\"é\", x]",
            "the template /t.json is no JSON in line 1, column 7: byte 0x78 at 7 has no place in a JSON text"
        ),
        (
            #"{"text":"{{severty}}"}"#,
            "the template /t.json is none: a notification has no severty: there are alerts, "
                + "alerts_left_out, incident, notification_id, secret, sent_at, type"
        ),
        (
            #"{"text":"{{#alerts}}{{type}}"}"#,
            "the template /t.json is none: the loop over alerts lacks its other end: write {{#alerts}}…{{/alerts}}"
        ),
        (
            #"{"key":"{{secret}}"}"#,
            "the template says {{secret}}, but the webhook has none; give secret_file beside it"
        ),
        (
            String(repeating: " ", count: (1 << 20) + 1),
            "cannot read the template /t.json: it is larger than 1MiB"
        ),
    ])
    func `what is no template is refused with its place`(text: String, sentence: String) throws {
        try withFolder { folder in
            try write(text, to: folder + "t.json")
            let found = problems(in: Self.yaml, file: folder + "c.yaml").map { $0.replacing(folder, with: "/") }
            #expect(found == [Self.place + sentence])
        }
    }

    @Test func `a file that cannot be read is refused with its place`() throws {
        try withFolder { folder in
            let file = folder + "c.yaml"
            let told = { problems(in: Self.yaml, file: file).map { $0.replacing(folder, with: "/") } }
            #expect(told() == [Self.place + "cannot read the template /t.json: no such file or directory"])
            try FileManager.default.createDirectory(atPath: folder + "t.json", withIntermediateDirectories: false)
            #expect(told() == [Self.place + "cannot read the template /t.json: it is not a regular file"])
        }
    }

    @Test func `a path is relative to the configuration's folder, or absolute`() throws {
        try withFolder { folder in
            try write(#"{"key":"{{secret}}"}"#, to: folder + "t.json")
            for path in ["t.json", "./t.json", folder + "t.json"] {
                let yaml = """
                    alerts:
                      notify:
                        - webhook: { url: https://h, secret: '${S}', template_file: \(path), escape: slack }
                    """
                let configuration = try Configuration.read(
                    yaml: yaml,
                    file: folder + "c.yaml",
                    environment: ["S": "s"]
                )
                let template = try BodyTemplate(["key": "{{secret}}"], escaping: .slack)
                let kind = configuration.alerts.receivers.first?.kind
                #expect(kind == .webhook(secret: Secret("s"), template: template))
            }
        }
    }

    @Test func `a wrong word for the escaping is refused`() throws {
        try withFolder { folder in
            try write("{}", to: folder + "t.json")
            let yaml = Self.yaml.replacing("t.json", with: "t.json, escape: slak")
            #expect(
                problems(in: yaml, file: folder + "c.yaml").map { $0.replacing(folder, with: "/") } == [
                    "/c.yaml:3:70: alerts.notify[0].webhook.escape: expected none or slack, got `slak`; did you mean "
                        + "slack?"
                ]
            )
        }
    }

    @Test func `a file read twice is one configuration until its template is another`() throws {
        try withFolder { folder in
            let file = folder + "c.yaml"
            try write(Self.yaml, to: file)
            try write(#"{"text":"{{type}}"}"#, to: folder + "t.json")
            let first = try Configuration.load(path: file, environment: [:])
            #expect(try Configuration.load(path: file, environment: [:]) == first)
            try write(#"{"text":"{{type}}!"}"#, to: folder + "t.json")
            let second = try Configuration.load(path: file, environment: [:])
            #expect(second != first)
            #expect(second.checksum == first.checksum)
            #expect(second.alerts.receivers.map(\.name) == first.alerts.receivers.map(\.name))
        }
    }

    @Test func `no dump of a configuration shows a secret of its receivers`() throws {
        try withFolder { folder in
            try write("hunter2-file", to: folder + "s")
            try write(#"{"api_key":"hunter2-template","text":"{{type}}"}"#, to: folder + "t.json")
            let yaml = """
                alerts:
                  notify:
                    - webhook:
                        url: https://h.example/hunter2-path?k=hunter2-query
                        secret_file: s
                        template_file: t.json
                        auth: { bearer: { token: "${S}" } }
                    - alertmanager:
                        url: https://am.example
                        auth: { basic: { username: u, password_file: s } }
                """
            let configuration = try Configuration.read(
                yaml: yaml,
                file: folder + "c.yaml",
                environment: ["S": "hunter2-environment"]
            )
            var shown = "\(configuration) \(String(reflecting: configuration.alerts)) \(configuration.receivers)"
            dump(configuration, to: &shown)
            dump(configuration.receivers, to: &shown)
            dump(configuration.notificationTargets, to: &shown)
            #expect(shown.contains("https://h.example"))
            #expect(!shown.contains("hunter2"))
        }
    }
}
