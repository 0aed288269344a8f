import HTTPTypes

@testable import HTTPServing

/// What must hold of the parser for any bytes.
enum StreamProperties {
    /// Small, so that inputs reach them.
    private static let limits = HTTPLimits(requestLine: 64, headerCount: 10, headerBytes: 320, body: 100)

    static func check(_ input: [UInt8]) {
        var random = InputRandom(input)
        let whole = account(of: input, limits: limits)
        checkAgainstNaiveReading(whole, input, limits: limits)
        checkSplits(whole, input, &random)
        for case .request(let message) in whole.steps { checkRoundTrip(message) }
        RetentionProperties.check(input, limits: limits, &random)
        // Other limits show whether each is kept to the byte.
        let tighter = HTTPLimits(
            requestLine: .random(in: 0...limits.requestLine, using: &random),
            headerCount: .random(in: 0...limits.headerCount, using: &random),
            headerBytes: .random(in: 0...limits.headerBytes, using: &random),
            body: .random(in: 0...limits.body, using: &random)
        )
        checkAgainstNaiveReading(account(of: input, limits: tighter), input, limits: tighter)
    }

    private static func account(of input: [UInt8], limits: HTTPLimits) -> Account {
        var parser = RequestParser(limits: limits)
        var account = Account()
        parser.take(input[...], into: &account)
        return account
    }

    /// Nothing is accepted, refused or understood otherwise than by the second opinion.
    private static func checkAgainstNaiveReading(_ account: Account, _ input: [UInt8], limits: HTTPLimits) {
        let naive = NaiveReading(input, limits: limits)
        Finding.unless(
            account.steps == naive.steps,
            "read \(account.steps) where one should read \(naive.steps), \(limits)"
        )
        let agrees =
            switch (account.end, naive.end) {
            case (.waiting(let waiting), .waiting(let expected)): waiting == expected
            case (.refused(let refusal), .refused(let statuses)): statuses.contains(refusal.problem.status.code)
            default: false
            }
        Finding.unless(agrees, "ended with \(account.end) where one should end with \(naive.end), \(limits)")
    }

    /// However the bytes are split, whenever steps are asked for, and whatever buffer is lent: the account is the same.
    private static func checkSplits(_ whole: Account, _ input: [UInt8], _ random: inout InputRandom) {
        var single = RequestParser(limits: limits)
        var bytewise = Account()
        for index in input.indices { single.take(input[index...index], into: &bytewise) }
        Finding.unless(bytewise == whole, "byte by byte it is \(bytewise), at once \(whole)")

        for longest in [2, 16, max(1, input.count)] {
            var parser = RequestParser(limits: limits)
            var account = Account()
            var rest = input[...]
            while !rest.isEmpty {
                let piece = rest.prefix(.random(in: 1...longest, using: &random))
                rest = rest.dropFirst(piece.count)
                if !parser.hasBuffer { parser.adopt(Array("GET /of-another HTTP/1.1\r\n\r\n".utf8)) }
                if Bool.random(using: &random) || rest.isEmpty {
                    parser.take(piece, into: &account)
                    _ = parser.surrenderBuffer()
                } else {
                    piece.withUnsafeBytes { parser.append($0) }
                }
            }
            Finding.unless(account == whole, "in pieces of up to \(longest) it is \(account), at once \(whole)")
        }
    }

    /// What was handed out means the same when it is sent again.
    private static func checkRoundTrip(_ message: Message) {
        let again = account(of: message.serialized, limits: limits)
        let expected: [Account.Step] =
            message.expectsContinue ? [.expectsContinue(message.withoutBody), .request(message)] : [.request(message)]
        Finding.unless(
            again == Account(steps: expected, end: .waiting(.request)),
            "\(message) was sent again as \(message.serialized.shown) and became \(again)"
        )
    }
}

extension Message {
    fileprivate var withoutBody: Message {
        var message = self
        message.body = []
        return message
    }
}
