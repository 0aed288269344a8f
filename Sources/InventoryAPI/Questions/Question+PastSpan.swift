import ClusterLinks

extension Question {
    private static let longest = Duration.seconds(10 * 365 * 86_400)

    /// The span of the past that a question is about: `window` back from now, or from `from` to `to`.
    /// - Parameter length: how far back it goes where neither `window` nor `from` says so.
    func pastSpan(now: Instant, lasting length: Duration) throws -> Span {
        let (from, to) = try window(now: now)
        if let text = self[Parameter.window.name] {
            guard from == nil, to == nil else {
                throw APIProblem.badParameter(
                    name: Parameter.window.name,
                    value: text,
                    allowed: "no from or to beside it: it goes back from now"
                )
            }
            return Span(from: now.advanced(by: .zero - (try Self.length(of: text))), to: now)
        }
        let end = to ?? now
        return Span(from: min(from ?? end.advanced(by: .zero - length), end), to: end)
    }

    private static func length(of text: String) throws -> Duration {
        guard let length = try? DurationText.parse(text), length > .zero, length <= longest else {
            throw APIProblem.badParameter(
                name: Parameter.window.name,
                value: text,
                allowed: "a duration such as 1h, 12h or 90d, more than 0 and at most 10y"
            )
        }
        return length
    }
}

extension Parameter {
    static let window = Parameter(
        "window",
        "How far back from now, such as 12h or 90d, at most 10y; not beside from or to.",
        .duration
    )

    /// The parameters that tell a span of the past.
    /// - Parameter standard: how long it is where they do not say so, for people.
    static func pastSpan(lasting standard: String) -> [Parameter] {
        [
            window,
            Parameter(
                "from",
                "Where the window begins (RFC 3339); \(standard) before its end where it is not given.",
                .instant
            ),
            Parameter("to", "Where the window ends (RFC 3339); now where it is not given.", .instant),
        ]
    }
}
