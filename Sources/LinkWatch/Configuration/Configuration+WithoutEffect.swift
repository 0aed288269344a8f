extension Configuration {
    /// The keys that were given, are checked, and that nothing in this version acts on: whoever relies on one is told.
    package var keysWithoutEffect: [String] { management ? ["management"] : [] }
}
