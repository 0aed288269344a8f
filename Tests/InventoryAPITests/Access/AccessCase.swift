import Foundation
import HTTPServing
import InventoryAPI

/// What a client comes to: the status that reading and polling are refused with, 200 where they are not.
struct AccessCase: Sendable {
    let testDescription: String
    var peer = AccessCase.local
    var fields: [String: String] = [:]
    var authority = "127.0.0.1:8080"
    var policy = AccessPolicy()
    let read: Int
    let operate: Int

    static let local = PeerAddress.ip(host: "127.0.0.1", port: 1)
    static let remote = PeerAddress.ip(host: "192.0.2.7", port: 1)

    static let tokens = AccessPolicy(tokens: [
        AccessPolicy.Token(name: "grafana", role: .read) { "read-secret" },
        AccessPolicy.Token(name: "broken", role: .admin) { throw CancellationError() },
        AccessPolicy.Token(name: "empty", role: .admin) { "" },
        AccessPolicy.Token(name: "oncall", role: .operate) { "operate-secret" },
        AccessPolicy.Token(name: "root", role: .admin) { "admin-secret" },
    ])
    static let twins = AccessPolicy(tokens: [
        AccessPolicy.Token(name: "a", role: .read) { "same" }, AccessPolicy.Token(name: "b", role: .admin) { "same" },
    ])
    static let anonymous = AccessPolicy(
        tokens: [AccessPolicy.Token(name: "grafana", role: .read) { "read-secret" }],
        allowsAnonymousReading: true
    )

    static let all = [
        AccessCase(testDescription: "loopback", read: 200, operate: 200),
        AccessCase(testDescription: "loopback v6", peer: .ip(host: "::1", port: 1), read: 200, operate: 200),
        AccessCase(
            testDescription: "X-Forwarded-For",
            fields: ["X-Forwarded-For": "192.0.2.1"],
            read: 200,
            operate: 403
        ),
        AccessCase(testDescription: "Forwarded", fields: ["Forwarded": "for=_x"], read: 200, operate: 403),
        AccessCase(
            testDescription: "X-Forwarded-Proto",
            fields: ["X-Forwarded-Proto": "https"],
            read: 200,
            operate: 403
        ),
        AccessCase(testDescription: "unix", peer: .unix, read: 200, operate: 403),
        AccessCase(testDescription: "remote", peer: remote, read: 401, operate: 401),
        AccessCase(
            testDescription: "remote, anonymous reading",
            peer: remote,
            policy: AccessPolicy(allowsAnonymousReading: true),
            read: 200,
            operate: 403
        ),
        AccessCase(testDescription: "a token where none is configured", fields: bearer("x"), read: 200, operate: 200),
        AccessCase(testDescription: "no token", policy: tokens, read: 401, operate: 401),
        AccessCase(testDescription: "unix, no token", peer: .unix, policy: tokens, read: 401, operate: 401),
        AccessCase(
            testDescription: "read",
            peer: remote,
            fields: bearer("read-secret"),
            policy: tokens,
            read: 200,
            operate: 403
        ),
        AccessCase(
            testDescription: "operate",
            fields: bearer("operate-secret"),
            policy: tokens,
            read: 200,
            operate: 200
        ),
        AccessCase(testDescription: "admin", fields: bearer("admin-secret"), policy: tokens, read: 200, operate: 200),
        AccessCase(
            testDescription: "lower case",
            fields: ["Authorization": "bearer  read-secret"],
            policy: tokens,
            read: 200,
            operate: 403
        ),
        AccessCase(
            testDescription: "basic",
            fields: basic("any:operate-secret"),
            policy: tokens,
            read: 200,
            operate: 200
        ),
        AccessCase(
            testDescription: "basic, name only",
            fields: basic("operate-secret"),
            policy: tokens,
            read: 401,
            operate: 401
        ),
        AccessCase(
            testDescription: "basic, not base 64",
            fields: ["Authorization": "Basic !"],
            policy: tokens,
            read: 401,
            operate: 401
        ),
        AccessCase(
            testDescription: "basic, a colon in the password",
            fields: basic("any:read:secret"),
            policy: AccessPolicy(tokens: [AccessPolicy.Token(name: "a", role: .operate) { "read:secret" }]),
            read: 200,
            operate: 200
        ),
        AccessCase(
            testDescription: "the token as name",
            fields: basic("admin-secret:"),
            policy: tokens,
            read: 401,
            operate: 401
        ),
        AccessCase(
            testDescription: "malformed, anonymous",
            fields: ["Authorization": "Basic !"],
            policy: anonymous,
            read: 401,
            operate: 401
        ),
        AccessCase(
            testDescription: "another scheme, anonymous",
            fields: ["Authorization": "Negotiate x"],
            policy: anonymous,
            read: 200,
            operate: 403
        ),
        AccessCase(testDescription: "one token twice", fields: bearer("same"), policy: twins, read: 401, operate: 401),
        AccessCase(
            testDescription: "wrong token",
            fields: bearer("read-secre"),
            policy: tokens,
            read: 401,
            operate: 401
        ),
        AccessCase(
            testDescription: "longer token",
            fields: bearer("read-secretread-secret"),
            policy: tokens,
            read: 401,
            operate: 401
        ),
        AccessCase(testDescription: "empty token", fields: bearer(""), policy: tokens, read: 401, operate: 401),
        AccessCase(
            testDescription: "digest",
            fields: ["Authorization": "Digest x"],
            policy: tokens,
            read: 401,
            operate: 401
        ),
        AccessCase(
            testDescription: "anonymous beside tokens",
            peer: remote,
            policy: anonymous,
            read: 200,
            operate: 403
        ),
        AccessCase(
            testDescription: "wrong token, anonymous",
            fields: bearer("x"),
            policy: anonymous,
            read: 401,
            operate: 401
        ),
        AccessCase(testDescription: "own origin", fields: ["Origin": "http://127.0.0.1:8080"], read: 200, operate: 200),
        AccessCase(
            testDescription: "foreign origin",
            fields: ["Origin": "http://evil.example"],
            read: 200,
            operate: 403
        ),
        AccessCase(testDescription: "no origin", fields: ["Origin": "null"], read: 200, operate: 403),
        AccessCase(testDescription: "other port", fields: ["Origin": "http://127.0.0.1:9"], read: 200, operate: 403),
        AccessCase(
            testDescription: "rebound name",
            fields: ["Origin": "http://evil.example:8080"],
            authority: "evil.example:8080",
            read: 421,
            operate: 421
        ),
        AccessCase(testDescription: "a name on this machine", authority: "x.localhost:8080", read: 200, operate: 200),
        AccessCase(testDescription: "localhost", authority: "LOCALHOST", read: 200, operate: 200),
        AccessCase(testDescription: "an address in brackets", authority: "[::1]:8080", read: 200, operate: 200),
        AccessCase(
            testDescription: "an address with a name",
            authority: "127.0.0.1.evil.example",
            read: 421,
            operate: 421
        ),
        AccessCase(
            testDescription: "the public name",
            authority: "Watch.example",
            policy: AccessPolicy(publicHost: "watch.example"),
            read: 200,
            operate: 200
        ),
        AccessCase(
            testDescription: "any name through a unix socket",
            peer: .unix,
            authority: "x",
            read: 200,
            operate: 403
        ),
        AccessCase(
            testDescription: "any name with a token",
            fields: bearer("operate-secret"),
            authority: "x.example",
            policy: tokens,
            read: 200,
            operate: 200
        ),
        AccessCase(
            testDescription: "any name where all may read",
            authority: "x.example",
            policy: AccessPolicy(allowsAnonymousReading: true),
            read: 200,
            operate: 200
        ),
        AccessCase(
            testDescription: "other host, right token",
            fields: bearer("admin-secret"),
            authority: "evil.example",
            policy: AccessPolicy(
                tokens: [AccessPolicy.Token(name: "root", role: .admin) { "admin-secret" }],
                allowedHosts: ["watch.example"]
            ),
            read: 421,
            operate: 421
        ),
        AccessCase(
            testDescription: "a name's own page, with a token",
            fields: bearer("admin-secret").merging(["Origin": "https://Watch.example"]) { $1 },
            authority: "watch.example",
            policy: tokens,
            read: 200,
            operate: 200
        ),
        AccessCase(
            testDescription: "trusted origin",
            fields: ["Origin": "https://ui.example"],
            policy: AccessPolicy(trustedOrigins: ["https://ui.example"]),
            read: 200,
            operate: 200
        ),
        AccessCase(
            testDescription: "allowed host",
            authority: "Watch.example:8080",
            policy: AccessPolicy(allowedHosts: ["watch.example"]),
            read: 200,
            operate: 200
        ),
        AccessCase(
            testDescription: "other host",
            authority: "evil.example",
            policy: AccessPolicy(allowedHosts: ["watch.example"]),
            read: 421,
            operate: 421
        ),
        AccessCase(testDescription: "not JSON", fields: ["Content-Type": "text/plain"], read: 200, operate: 415),
        AccessCase(
            testDescription: "JSON in UTF-8",
            fields: ["Content-Type": "Application/JSON; charset=utf-8"],
            read: 200,
            operate: 200
        ),
    ]

    static func bearer(_ token: String) -> [String: String] { ["Authorization": "Bearer " + token] }

    static func basic(_ pair: String) -> [String: String] {
        ["Authorization": "Basic " + Data(pair.utf8).base64EncodedString()]
    }
}
