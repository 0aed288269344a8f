import Exposition

/// What was refused for want of the right token.
enum AccessMetrics {
    static func families(of attempts: FailedAttempts) -> [MetricFamily] {
        var failures = MetricFamily(
            "linkwatch_http_authentication_failures",
            .counter,
            help: "Requests refused for want of the right token, by what was wrong."
        )
        for (reason, count) in attempts.counts { failures.add(Double(count), [Label("reason", reason.rawValue)]) }
        return [failures]
    }
}
