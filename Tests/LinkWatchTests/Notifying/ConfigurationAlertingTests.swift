import Alerting
import ClusterLinks
import CurlHTTP
import Testing

@testable import LinkWatch
@testable import Notifying

/// What the alerts of a configuration become.
struct ConfigurationAlertingTests {
    @Test func `a cluster's rules are the policy and its own expectations`() throws {
        let yaml = """
            poll: { tasks: false }
            alerts: { failure_threshold: 3, for: 1m, severities: [ { code: X, severity: info } ] }
            clusters:
              - id: a
                name: orders
                endpoint: https://h
                labels: { env: prod }
                expected_links: [x, y]
                expected_links_exhaustive: true
              - { id: b, endpoint: https://h, poll: { tasks: true } }
            """
        let configuration = try configuration(yaml)
        let policy = AlertPolicy(
            failureThreshold: 3,
            holdFor: .seconds(60),
            severities: [SeverityRule(code: "X", severity: .info)]
        )
        let expected = [
            AlertRules(
                policy: policy,
                clusterName: "orders",
                clusterLabels: ["env": "prod"],
                expectedLinks: Set(["x", "y"].compactMap(LinkName.init)),
                isExhaustive: true,
                readsTasks: false
            ),
            AlertRules(policy: policy, clusterName: "b"),
        ]
        #expect(configuration.clusters.map(configuration.alertRules) == expected)
    }

    @Test func `without a word about alerts the defaults of the model hold`() throws {
        let configuration = Configuration()
        #expect(configuration.alerts.policy == AlertPolicy())
        #expect(configuration.notificationPolicy == NotificationPolicy())
        #expect(configuration.notificationTargets == [])
        #expect(configuration.receivers.isEmpty)
    }

    @Test func `the interval of reminders is taken`() throws {
        let configuration = try configuration("alerts: { reminder_interval: 90m }")
        #expect(configuration.notificationPolicy == NotificationPolicy(reminderInterval: .seconds(5400)))
    }

    @Test func `targets and receivers stand in the order of the file under one name each`() throws {
        try withFolder { folder in
            for name in ["ca.pem", "client.pem", "key.pem"] { try write("pem", to: folder + name) }
            let yaml = """
                alerts:
                  notify:
                    - webhook: { url: https://h.example/hook/, secret: "${S}" }
                    - alertmanager:
                        name: monitoring
                        url: https://am.example/prefix
                        auth: { basic: { username: Aladdin, password: "${P}" } }
                        tls: { ca_file: \(folder)ca.pem, client_certificate_file: \(folder)client.pem, client_key_file: \(folder)key.pem }
                        proxy: socks5h://p.example:1080
                    - webhook: { name: chat, url: https://c.example, auth: { bearer: { token: "${T}" } } }
                """
            let environment = ["S": "key", "P": "open sesame", "T": "t0ken"]
            let configuration = try configuration(yaml, environment: environment)
            #expect(
                configuration.notificationTargets == [
                    NotificationTarget(name: "webhook https://h.example 5cf9c64d", kind: .webhook),
                    NotificationTarget(name: "monitoring", kind: .alertmanager),
                    NotificationTarget(name: "chat", kind: .webhook),
                ]
            )
            let receivers = configuration.receivers
            #expect(receivers.map(\.name) == configuration.notificationTargets.map(\.name))
            #expect(receivers.map(\.integration.rawValue) == configuration.notificationTargets.map(\.kind.rawValue))
            #expect(
                receivers.map(\.url) == [
                    "https://h.example/hook/", "https://am.example/prefix/api/v2/alerts", "https://c.example",
                ]
            )
            #expect(
                try receivers.map { try $0.authentication.authorization() } == [
                    nil, "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==", "Bearer t0ken",
                ]
            )
            #expect(
                receivers.map(\.options) == [
                    CurlOptions(),
                    CurlOptions(
                        caFile: folder + "ca.pem",
                        clientCertificateFile: folder + "client.pem",
                        clientKeyFile: folder + "key.pem",
                        proxy: "socks5h://p.example:1080"
                    ),
                    CurlOptions(),
                ]
            )
        }
    }

    @Test func `a secret's file is read again for each message`() throws {
        try withFolder { folder in
            try write("first", to: folder + "s")
            let yaml = "alerts: { notify: [ { webhook: { url: https://h, secret_file: \(folder)s } } ] }"
            guard case .webhook(let secret?, nil)? = try configuration(yaml).receivers.first?.kind else {
                Issue.record("no webhook with a secret")
                return
            }
            #expect(try secret() == "first")
            try write("second", to: folder + "s")
            #expect(try secret() == "second")
        }
    }
}
