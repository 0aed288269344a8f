import Foundation
import LoopbackLoad
import Measuring

/// Processor time per request of the service and of a peer that sends the same bytes, in alternating rounds.
struct Comparison {
    enum Peer { case nginx, hummingbird }

    struct Question {
        let title: String
        let request: RequestText
        /// Asks with the tag that the server itself has given, so that it answers 304.
        var isConditional = false
        /// Counts and times what happens, so that the service's bytes differ a little from the peer's copy of them.
        var isLive = false
    }

    let peer: Peer
    let questions: [Question]
    /// The service's processor time per request over the peer's.
    let goal: Double

    static let links = Comparison(
        peer: .nginx,
        questions: [
            Question(title: "`GET /api/v1/links`", request: .links),
            Question(title: "`GET /api/v1/links`, gzip", request: .links.gzipped),
        ],
        goal: 0.9
    )
    static let metrics = Comparison(
        peer: .nginx,
        questions: [
            Question(title: "`GET /metrics`", request: .metrics, isLive: true),
            Question(title: "`GET /metrics`, gzip", request: .metrics.gzipped, isLive: true),
        ],
        goal: 0.9
    )
    /// Without `/metrics`, whose tag changes with every second.
    static let notModified = Comparison(
        peer: .nginx,
        questions: [
            Question(title: "`GET /api/v1/links`, 304", request: .links, isConditional: true),
            Question(title: "`GET /api/v1/links`, gzip, 304", request: .links.gzipped, isConditional: true),
        ],
        goal: 0.9
    )
    static let hummingbird = Comparison(
        peer: .hummingbird,
        questions: [Question(title: "`GET /api/v1/links`", request: .links)],
        goal: 0.5
    )

    /// Runs every question's rounds, and returns the table.
    func run(_ settings: Settings) throws -> String {
        try Stage.with(settings) { stage in
            switch peer {
            case .nginx: return try compare(stage.linkwatch, stage.nginx, settings)
            case .hummingbird:
                let peer = try HummingbirdPeer(
                    program: settings.hummingbird,
                    serving: .links,
                    of: stage.linkwatch,
                    folder: stage.folder
                )
                defer { peer.child.stop() }
                return try compare(stage.linkwatch, peer.server, settings)
            }
        }
    }

    private func compare(_ service: Server, _ peer: Server, _ settings: Settings) throws -> String {
        var table = MarkdownTable(
            "",
            "linkwatch, µs/request",
            "\(peer.name), µs/request",
            "ratio",
            "goal",
            "linkwatch, requests/s",
            "\(peer.name), requests/s"
        )
        for question in questions {
            let servers = [service, peer]
            let requests = try requests(of: question, to: servers)
            try check(question, servers, requests)
            let rounds = try Rounds(count: settings.rounds, seconds: settings.seconds).run(servers, asking: requests)
            let costs = rounds.map { $0.map(\.microsecondsPerRequest).median }
            let rates = rounds.map { $0.map(\.requestsPerSecond).median }
            table.add(
                question.title,
                costs[0].text(2),
                costs[1].text(2),
                (costs[0] / costs[1]).text(2),
                "≤ \(goal)",
                rates[0].text(0),
                rates[1].text(0)
            )
        }
        return "\(table)"
    }

    private func requests(of question: Question, to servers: [Server]) throws -> [RequestText] {
        guard question.isConditional else { return servers.map { _ in question.request } }
        return try servers.map { server in
            let tag = try server.answer(to: question.request)["ETag"] ?? ""
            return question.request.adding("If-None-Match: \(tag)")
        }
    }

    /// What must be the same is, and what is not is told.
    private func check(_ question: Question, _ servers: [Server], _ requests: [RequestText]) throws {
        let answers = try zip(servers, requests).map { try $0.answer(to: $1) }
        let difference = AnswerDifference(between: answers[0], and: answers[1])
        let path = question.request.path
        guard !difference.status, answers[0].status == (question.isConditional ? 304 : 200) else {
            throw BenchError.unlike(path: path, how: "status \(answers[0].status) and \(answers[1].status)")
        }
        if let length = difference.bodyLength, !question.isLive || length > answers[0].body.count / 20 {
            throw BenchError.unlike(path: path, how: "bodies of \(answers.map(\.body.count)) bytes")
        }
        Progress.tell(
            "\(question.title): status \(answers[0].status), \(answers[0].body.count) bytes; "
                + "fields that differ: \(difference.fields.joined(separator: ", "))"
        )
    }
}
