import Foundation
import Testing

@testable import LinkWatch

/// Who is told about alerts.
struct ConfigurationReceiverTests {
    /// An entry of `alerts.notify`, and what it is called.
    @Test(arguments: [
        ("alertmanager: { url: 'http://127.0.0.1:9093' }", "alertmanager http://127.0.0.1:9093"),
        ("alertmanager: { url: 'HTTP://AM.Example:9093/' }", "alertmanager http://am.example:9093"),
        // printf https://am.example/prefix | sha256sum
        ("alertmanager: { url: 'https://am.example/prefix/' }", "alertmanager https://am.example 6aca2597"),
        ("webhook: { url: 'https://h.example' }", "webhook https://h.example"),
        ("webhook: { url: 'https://h.example/' }", "webhook https://h.example"),
        ("webhook: { url: 'https://h.example/a' }", "webhook https://h.example dfb4b664"),
        ("webhook: { url: 'https://h.example/a/' }", "webhook https://h.example 50e1a18b"),
        ("webhook: { url: 'https://h.example?k=v' }", "webhook https://h.example 2ece63d2"),
        ("webhook: { url: 'https://[::1]:80/a' }", "webhook https://[::1]:80 d6a9ddf2"),
        ("webhook: { name: on call, url: 'https://h.example/a' }", "on call"),
    ])
    func `a receiver is called by its name, or by what never changes with a start`(entry: String, name: String) throws {
        for _ in 0..<2 {
            #expect(try configuration("alerts: { notify: [ { \(entry) } ] }").alerts.receivers.map(\.name) == [name])
        }
    }

    @Test func `an address keeps the slash that makes it another one`() throws {
        let yaml = """
            alerts:
              notify:
                - webhook: { url: 'https://h.example/hook/?a=b/' }
                - alertmanager: { url: 'https://h.example/am//' }
            """
        let urls = try configuration(yaml).alerts.receivers.map(\.url.text)
        #expect(urls == ["https://h.example/hook/?a=b/", "https://h.example/am"])
    }

    @Test(arguments: [
        (
            "- webhook: { name: a, url: 'https://h/1' }\n- alertmanager: { name: a, url: 'https://h' }",
            "c.yaml:4:27: alerts.notify[1].alertmanager.name: is also the name of alerts.notify[0]; each receiver needs its "
                + "own"
        ),
        (
            "- webhook: { url: 'https://h/1' }\n- webhook: { url: 'https://h/2' }\n- webhook: { url: 'https://h/1' }",
            "c.yaml:5:21: alerts.notify[2].webhook.url: is told already, as alerts.notify[0]; leave one out, or give one of "
                + "them a name"
        ),
        // What else is wrong with one does not hide it.
        (
            "- webhook: { name: a, url: broken }\n- webhook: { name: a, url: 'https://h' }",
            "c.yaml:3:30: alerts.notify[0].webhook.url: needs a scheme, as in https://host.example.org\n"
                + "c.yaml:4:22: alerts.notify[1].webhook.name: is also the name of alerts.notify[0]; each receiver needs its "
                + "own"
        ),
        ("- webhook: { url: 'https://h/1', name: b }\n- webhook: { url: 'https://h/1' }", ""),
    ])
    func `no two receivers have one name`(entries: String, expected: String) {
        let lines = ["alerts:", "  notify:"] + entries.split(separator: "\n").map { "  \($0)" }
        #expect(problems(in: lines.joined(separator: "\n")).joined(separator: "\n") == expected)
    }

    @Test(arguments: [
        (
            "slack: { url: https://h }",
            "c.yaml:3:5: alerts.notify[0]: expected alertmanager or webhook\n"
                + "c.yaml:3:5: alerts.notify[0].slack: unknown key"
        ),
        ("webhook: {}", "c.yaml:3:14: alerts.notify[0].webhook.url: is required"),
        ("webhook: https://h", "c.yaml:3:14: alerts.notify[0].webhook: expected a mapping, got text"),
        (
            "alertmanager: { url: http://h }\n    webhook: { url: http://h }",
            "c.yaml:4:14: alerts.notify[0].webhook: an entry tells one receiver; begin another entry with -"
        ),
        ("webhook: { url: 'https://h', name: '' }", "c.yaml:3:40: alerts.notify[0].webhook.name: must not be empty"),
        (
            "alertmanager: { url: 'https://h/api/v2/alerts' }",
            "c.yaml:3:26: alerts.notify[0].alertmanager.url: must end before /api: linkwatch itself adds /api/v2/alerts, "
                + "got `https://h/api/v2/alerts`"
        ),
        (
            "alertmanager: { url: 'https://u:hunter2@h' }",
            "c.yaml:3:26: alerts.notify[0].alertmanager.url: must not hold a user name or password; use auth.basic"
        ),
        (
            "webhook: { url: 'https://u:hunter2@h/hook' }",
            "c.yaml:3:21: alerts.notify[0].webhook.url: must not hold a user name or password; use auth.basic"
        ),
        (
            "alertmanager: { url: https://h, secret: s, escape: none }",
            "c.yaml:3:37: alerts.notify[0].alertmanager.secret: unknown key\n"
                + "c.yaml:3:48: alerts.notify[0].alertmanager.escape: unknown key"
        ),
        (
            "webhook: { url: https://h, auth: { bearer: { token: '${T}', identity_pool: p } } }",
            "c.yaml:3:65: alerts.notify[0].webhook.auth.bearer.identity_pool: unknown key"
        ),
        (
            "alertmanager: { url: https://h, auth: { basic: { username: u } } }",
            "c.yaml:3:52: alerts.notify[0].alertmanager.auth.basic.password: is required, as password or password_file"
        ),
        (
            "webhook: { url: https://h, tls: { client_certificate_file: /nowhere/c.pem }, proxy: 'http://u:hunter2@p' }",
            "c.yaml:3:64: alerts.notify[0].webhook.tls.client_certificate_file: cannot read /nowhere/c.pem: no such file or "
                + "directory\n"
                + "c.yaml:3:64: alerts.notify[0].webhook.tls.client_certificate_file: needs client_key_file beside it\n"
                + "c.yaml:3:89: alerts.notify[0].webhook.proxy: must not hold a password; give it in the environment's "
                + "https_proxy instead"
        ),
    ])
    func `a wrong receiver is refused`(entry: String, expected: String) {
        let found = problems(in: "alerts:\n  notify:\n  - \(entry)", environment: ["T": "t0ken"])
        #expect(found.joined(separator: "\n") == expected)
    }

    @Test(arguments: [
        (
            "webhook: { url: http://h.example/hook, auth: { bearer: { token: '${T}' } } }",
            "c.yaml:1:39: alerts.notify[0].webhook.url: credentials travel unencrypted over http; use https"
        ),
        (
            "alertmanager: { url: http://127.0.0.1:9093, tls: { ca_file: FOLDERca.pem } }",
            "c.yaml:1:72: alerts.notify[0].alertmanager.tls: has no effect over http; use https"
        ),
        (
            "webhook: { url: https://h, escape: slack }",
            "c.yaml:1:58: alerts.notify[0].webhook.escape: has no effect without template_file: only what goes into a "
                + "template is escaped"
        ),
        (
            "webhook: { url: http://h, secret: '${T}', template_file: FOLDERkey.json }",
            "c.yaml:1:39: alerts.notify[0].webhook.url: credentials travel unencrypted over http; use https"
        ),
        ("webhook: { url: http://h, secret: '${T}' }", ""),
        ("alertmanager: { url: 'http://[::1]:9093', auth: { basic: { username: u, password: '${T}' } } }", ""),
    ])
    func `what is allowed and doubtful is warned of`(entry: String, expected: String) throws {
        try withFolder { folder in
            try write("pem", to: folder + "ca.pem")
            try write(#"{"key":"{{secret}}"}"#, to: folder + "key.json")
            let yaml = "alerts: { notify: [ { \(entry.replacing("FOLDER", with: folder)) } ] }"
            let warnings = try configuration(yaml, environment: ["T": "t0ken"]).warnings.dropFirst()
            #expect(warnings.map(\.description).joined(separator: "\n") == expected)
        }
    }
}
