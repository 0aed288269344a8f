import CurlHTTP
import Dispatch
import Testing

@Suite(.timeLimit(.minutes(1)))
struct TLSTests {
    @Test func aServerOfAKnownAuthorityIsAsked() async throws {
        try await withNginx { nginx in
            try await withClient { client in
                let options = CurlOptions(caFile: nginx.certificates.authority)
                for host in ["127.0.0.1", "localhost"] {
                    let response = try await client.send(.make(nginx.url(host: host)), options: options)
                    #expect(response.status == 200)
                    #expect(response.httpVersion == .http1_1)
                    #expect(response.timings.tls > .zero)
                }
            }
        }
    }

    @Test func anUnknownAuthorityIsRefused() async throws {
        try await withNginx { nginx in
            try await withClient { client in
                let system = await client.failure(of: .make(nginx.url()))
                #expect(system?.reason == "tls")
                #expect(system?.failure.code == 60)
                #expect(system?.certificateProblem == .unknownAuthority, "\(String(describing: system))")
                let stranger = CurlOptions(caFile: nginx.certificates.stranger)
                #expect(await client.failure(of: .make(nginx.url()), options: stranger)?.reason == "tls")
                let missing = CurlOptions(caFile: "/nowhere/ca.pem")
                #expect(await client.failure(of: .make(nginx.url()), options: missing)?.reason == "tls")
            }
        }
    }

    @Test(arguments: [
        (from: "20200101000000Z", to: "20200201000000Z", problem: CertificateProblem.expired),
        ("20480101000000Z", "20490101000000Z", .notYetValid),
    ])
    func aCertificateOutOfItsTimeIsTold(from: String, to: String, problem: CertificateProblem) async throws {
        try await withCertificates { certificates in
            let dated = try await certificates.server(validFrom: from, to: to)
            try await StrictTLSServer.with(certificates, showing: dated) { url in
                try await withClient { client in
                    let options = CurlOptions(caFile: certificates.authority)
                    let error = await client.failure(of: .make(url), options: options)
                    #expect(error?.reason == "tls")
                    #expect(error?.certificateProblem == problem, "\(String(describing: error))")
                }
            }
        }
    }

    @Test func aConnectionVerifiedForOneAuthorityIsNotUsedForAnother() async throws {
        try await withNginx { nginx in
            try await withClient { client in
                let known = CurlOptions(caFile: nginx.certificates.authority)
                let response = try await client.send(.make(nginx.url()), options: known)
                #expect(response.status == 200)
                #expect(await client.failure(of: .make(nginx.url()))?.reason == "tls")
            }
        }
    }

    @Test func anotherHostsCertificateIsRefused() async throws {
        try await withNginx(certificate: \.elsewhere) { nginx in
            try await withClient { client in
                let options = CurlOptions(caFile: nginx.certificates.authority)
                let error = await client.failure(of: .make(nginx.url()), options: options)
                #expect(error?.reason == "tls")
                #expect(error?.failure.code == 60)
                #expect(error?.certificateProblem == .otherName, "\(String(describing: error))")
            }
        }
    }

    @Test func aRequiredClientCertificateIsGiven() async throws {
        let directives = "ssl_verify_client on; ssl_client_certificate authority.pem;"
        try await withNginx(directives: directives) { nginx in
            try await withClient { client in
                var options = CurlOptions(caFile: nginx.certificates.authority)
                let refused = try await client.send(.make(nginx.url()), options: options)
                #expect(refused.status == 400)
                options.clientCertificateFile = nginx.certificates.client
                options.clientKeyFile = nginx.certificates.key
                let response = try await client.send(.make(nginx.url()), options: options)
                #expect(response.status == 200)
                #expect(String(decoding: response.body, as: UTF8.self).hasSuffix("CN=poller"))
            }
            // Another client: one that has a connection needs no key.
            try await withClient { client in
                let options = CurlOptions(
                    caFile: nginx.certificates.authority,
                    clientCertificateFile: nginx.certificates.client,
                    clientKeyFile: nginx.certificates.authority
                )
                #expect(await client.failure(of: .make(nginx.url()), options: options)?.reason == "tls")
            }
        }
    }

    @Test func aClientWithoutTheRequiredCertificateIsRefusedInTheHandshake() async throws {
        try await withCertificates { certificates in
            try await StrictTLSServer.with(certificates) { url in
                try await withClient { client in
                    var options = CurlOptions(caFile: certificates.authority)
                    #expect(await client.failure(of: .make(url), options: options)?.reason == "tls")
                    options.clientCertificateFile = certificates.client
                    options.clientKeyFile = certificates.key
                    let response = try await client.send(.make(url), options: options)
                    #expect(response.status == 200)
                }
            }
        }
    }

    @Test func http2IsSpokenWhereOffered() async throws {
        try await withNginx(http2: true) { nginx in
            try await withClient { client in
                let options = CurlOptions(caFile: nginx.certificates.authority)
                let first = try await client.send(.make(nginx.url()), options: options)
                #expect(first.httpVersion == .http2)
                let second = try await client.send(.make(nginx.url(), session: "other"), options: options)
                #expect(second.connectionReused)
            }
        }
    }

    @Test func aNewConnectionResumesTheSessionsTLSSession() async throws {
        // The server ends each connection after one answer, so only the TLS session can be reused.
        try await withNginx(directives: "keepalive_requests 1;") { nginx in
            try await withClient { client in
                let options = CurlOptions(caFile: nginx.certificates.authority)
                var states: [Substring] = []
                for session in ["a", "a", "a", "b"] as [CurlSessionID] {
                    let response = try await client.send(.make(nginx.url(), session: session), options: options)
                    #expect(!response.connectionReused)
                    states.append(String(decoding: response.body, as: UTF8.self).prefix { $0 != " " })
                }
                #expect(states == [".", "r", "r", "."])
            }
        }
    }

    @Test func anHTTP2ConnectionOnWhichNothingCameBackIsNotUsedAgain() async throws {
        try await withScriptedServer {
            $0.waitForEnd()
        } body: { silent in
            let directives = "location /silent { proxy_pass \(silent.url()); }"
            try await withNginx(http2: true, directives: directives) { nginx in
                try await withClient { client in
                    let options = CurlOptions(caFile: nginx.certificates.authority)
                    let first = try await client.send(.make(nginx.url()), options: options)
                    #expect(first.httpVersion == .http2)
                    let silentRequest = CurlRequest.make(nginx.url("/silent"), timeout: .milliseconds(300))
                    #expect(await client.failure(of: silentRequest, options: options)?.reason == "timeout")
                    let second = try await client.send(.make(nginx.url()), options: options)
                    #expect(!second.connectionReused)
                    let third = try await client.send(.make(nginx.url()), options: options)
                    #expect(third.connectionReused)
                }
            }
        }
    }

    @Test func aStreamThatTimesOutLeavesOthersOnItsConnectionAlone() async throws {
        let arrived = Events<Void>()
        let mayAnswer = DispatchSemaphore(value: 0)
        try await withScriptedServer { connection in
            guard let request = connection.readRequest() else { return }
            arrived.happened(())
            guard request.target == "/slow" else { return connection.waitForEnd() }
            mayAnswer.wait()
            connection.answer(body: "slow")
        } body: { backend in
            let directives = "location /backend/ { proxy_pass \(backend.url()); }"
            try await withNginx(http2: true, directives: directives) { nginx in
                try await withClient { client in
                    let options = CurlOptions(caFile: nginx.certificates.authority)
                    _ = try await client.send(.make(nginx.url()), options: options)
                    async let slow = client.send(.make(nginx.url("/backend/slow")), options: options)
                    _ = await arrived.first(1)
                    let silent = CurlRequest.make(nginx.url("/backend/silent"), timeout: .milliseconds(300))
                    #expect(await client.failure(of: silent, options: options)?.reason == "timeout")
                    mayAnswer.signal()
                    let answer = try await slow
                    #expect(answer.body == Array("slow".utf8))
                    #expect(answer.connectionReused)
                }
            }
        }
    }
}
