extension Configuration {
    /// The keys that were given, are checked, and that nothing in this version acts on: whoever relies on one is told.
    package var keysWithoutEffect: [String] {
        let expects = clusters.contains { !$0.expectedLinks.isEmpty || $0.expectedLinksExhaustive }
        return [
            ("alerts", alerts != Alerts()), ("management", management), ("clusters[].expected_links", expects),
            ("http.public_url", http.publicURL != nil),
        ].filter(\.1).map(\.0)
    }
}
