extension EpisodeCheck {
    /// How a stored episode lies to one that the versions show.
    enum Place {
        /// The stored one is none that the versions show.
        case before
        case same
        /// The one that is shown is not stored.
        case after
    }

    static func place(of stored: EpisodeEntry, beside shown: ShownEpisodes.Episode) -> Place {
        if shown.isCutOff {
            // What is left of earlier ones ended before the first version that is left.
            if let ended = stored.endedAt, ended <= shown.startedAt { return .before }
            return stored.startedAt <= shown.startedAt ? .same : .after
        }
        if stored.startedAt == shown.startedAt { return .same }
        return stored.startedAt < shown.startedAt ? .before : .after
    }
}
