import Alerting
import Foundation
import Testing

@testable import LinkWatch

struct ConfigurationSampleTests {
    @Test func `the sample is accepted as it is shipped`() throws {
        let configuration = try Configuration.read(yaml: try sample(), file: "linkwatch.yaml", environment: [:])
        #expect(configuration.warnings.isEmpty)
        #expect(configuration.clusters.map(\.id) == ["lkc-3w6270"])
    }

    @Test func `the sample's values are the defaults`() throws {
        var configuration = try Configuration.read(yaml: try sample(), file: "linkwatch.yaml", environment: [:])
        configuration.clusters = []
        configuration.alerts.policy.severities = []
        configuration.checksum = ""
        #expect(configuration == Configuration())
    }

    @Test func `the minimal file needs its two variables only`() throws {
        let yaml = try sample("minimal.yaml")
        let environment = ["CONFLUENT_API_KEY": "K", "CONFLUENT_API_SECRET": "S"]
        let cluster = try #require(try configuration(yaml, environment: environment).clusters.first)
        #expect(cluster.authentication == .basic(username: "K", password: Secret("S")))
        #expect(problems(in: yaml).count == 2)
    }

    /// A sample of `config/` with the name of its receiver.
    @Test(arguments: [("alerts-slack.yaml", "slack"), ("alerts-pagerduty.yaml", "pagerduty")])
    func `the samples of receivers are accepted with their templates`(file: String, name: String) throws {
        try withFolder { folder in
            try write("0123456789abcdef0123456789abcdef", to: folder + "pagerduty")
            let yaml = try sample(file).replacing("/run/secrets/", with: folder)
            let environment = [
                "CONFLUENT_API_KEY": "K", "CONFLUENT_API_SECRET": "S",
                "SLACK_WEBHOOK_URL": "https://hooks.slack.com/services/T0/B0/x",
            ]
            let configuration = try Configuration.read(
                yaml: yaml,
                file: sampleFolder + file,
                environment: environment
            )
            #expect(configuration.warnings == [])
            #expect(configuration.alerts.receivers.map(\.name) == [name])
            guard case .webhook(_, .some)? = configuration.alerts.receivers.first?.kind else {
                Issue.record("\(file) has no webhook with a template")
                return
            }
        }
    }

    @Test func `a file with every key is read`() throws {
        try withFolder { folder in
            let configuration = try configuration(fullSample(in: folder), environment: ["CONFLUENT_API_KEY": "key"])
            #expect(configuration.warnings == [])
            let first = try #require(configuration.clusters.first)
            #expect(first.name == "orders-eu")
            #expect(first.endpoint.text == "https://pkc-ryzn9.westus3.azure.confluent.cloud/kafka/v3")
            #expect(first.authentication == .basic(username: "key", password: Secret(file: folder + "orders-eu")))
            #expect(first.labels == ["env": "prod", "team": "payments"])
            #expect(first.expectedLinks == ["orders-dr"])
            #expect(first.poll == Configuration.Poll())

            let second = try #require(configuration.clusters.last)
            #expect(second.endpoint.text == "https://kafka.example.org:8090/kafka/v3")
            #expect(
                second.authentication
                    == .bearer(token: Secret(file: folder + "orders-dr"), identityPool: "pool-7xq")
            )
            #expect(second.tls.caFile == folder + "ca.pem")
            #expect(second.tls.clientCertificateFile == folder + "client.pem")
            #expect(second.tls.clientKeyFile == folder + "client-key.pem")
            #expect(second.proxy?.text == "http://proxy.internal:3128")
            #expect(second.poll.interval == .seconds(300))
            #expect(second.poll.timeout == .seconds(30))
            #expect(second.poll.staleAfter == .seconds(900))
            #expect(second.poll.backoffMax == .seconds(1800))
            #expect(second.poll.tasks == false)
            #expect(second.poll.tasksInterval == .seconds(1800))
            #expect(second.poll.concurrency == 64)

            #expect(configuration.alerts.policy.severities.map(\.severity) == [.warning, .critical])
            let receivers = configuration.alerts.receivers
            #expect(receivers.map(\.name) == ["monitoring", "webhook https://example.org 554ec998"])
            #expect(
                receivers.first?.access.authentication
                    == .basic(username: "linkwatch", password: Secret(file: folder + "alertmanager"))
            )
            #expect(receivers.first?.access.tls == second.tls)
            #expect(receivers.first?.access.proxy == second.proxy)
            #expect(
                receivers.last?.access.authentication
                    == .bearer(token: Secret(file: folder + "hook-token"), identityPool: nil)
            )
            #expect(configuration.http.publicURL?.text == "https://linkwatch.example.org")
            #expect(configuration.auth.tokens.map(\.name) == ["grafana", "on-call"])
            #expect(configuration.auth.tokens.map(\.role) == [.read, .operate])
            #expect(try configuration.auth.tokens.first?.token.reveal() == "grafana-0123456789abcdef")
        }
    }

    @Test func `every key that can be given stands in the sample`() throws {
        let sample = try SampleKeys()
        let inlineSecrets = [
            "clusters[].auth.basic.password", "clusters[].auth.bearer.token", "auth.tokens[].token",
            "alerts.notify[].webhook.secret", "alerts.notify[].webhook.auth.basic.password",
            "alerts.notify[].webhook.auth.bearer.token",
        ]
        // What can be said of both kinds of receivers is said of one.
        let shared = { (keys: Set<String>) in
            Set(keys.map { $0.replacing("notify[].alertmanager", with: "notify[].webhook") })
        }
        let missing = shared(sample.known).subtracting(shared(Set(sample.given.keys))).subtracting(inlineSecrets)
        // The fleet's own; the sample says so.
        #expect(missing == ["clusters[].poll.concurrency"])
    }
}
