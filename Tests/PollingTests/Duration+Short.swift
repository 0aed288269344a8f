extension Duration {
    /// Seconds, short enough for tables.
    static func s(_ seconds: Int) -> Duration { .seconds(seconds) }

    static func ms(_ milliseconds: Int) -> Duration { .milliseconds(milliseconds) }
}
