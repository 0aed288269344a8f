/// One mirror topic of a link, derived from the link: it has no state of its own.
struct MirrorTopic {
    struct Lag {
        let partition: Int
        let lag: Int
        /// -1 where nothing was fetched yet.
        let lastFetchOffset: Int
    }

    let linkName: String
    let name: String
    let status: String
    /// Not ordered by partition.
    let lags: [Lag]
    let stateTimeMilliseconds: Int

    /// The `state_category` that counts this topic.
    var category: String {
        switch status {
        case "ACTIVE", "PAUSED": status
        case "LINK_PAUSED": "PAUSED"
        case "PENDING_MIRROR": "PENDING"
        default: "IN_ERROR"
        }
    }

    /// The item `KafkaMirrorData`.
    func wire(links: String) -> WireValue {
        let link = PercentEncoding.segment(linkName)
        return [
            "kind": "KafkaMirrorData",
            "metadata": ["self": .string("\(links)/\(link)/mirrors/\(PercentEncoding.segment(name))")],
            "link_name": .string(linkName),
            "mirror_topic_name": .string(name),
            "source_topic_name": .string(name),
            "num_partitions": .integer(lags.count),
            "mirror_lags": .array(
                lags.map {
                    [
                        "partition": .integer($0.partition), "lag": .integer($0.lag),
                        "last_source_fetch_offset": .integer($0.lastFetchOffset),
                    ]
                }
            ),
            "mirror_status": .string(status),
            "state_time_ms": .integer(stateTimeMilliseconds),
        ]
    }
}

extension SimulatedLink {
    /// The topics this side mirrors; a source side mirrors none.
    var mirrorTopics: [MirrorTopic] {
        guard role != .source else { return [] }
        var generator = SeededGenerator(seed: id.seed)
        return topics.map { topic in
            let partitions = 1 + generator.below(4)
            let lags = (0..<partitions).map { partition in
                let isFresh = generator.chance(percent: 10)
                let lag = MirrorTopic.Lag(
                    partition: partition,
                    lag: isFresh ? 0 : generator.below(5_000),
                    lastFetchOffset: isFresh ? -1 : 10_000 + generator.below(900_000)
                )
                return lag
            }
            return MirrorTopic(
                linkName: name,
                name: topic,
                status: mirrorStatus,
                lags: generator.shuffle(lags),
                stateTimeMilliseconds: 1_760_000_000_000 + generator.below(1_000_000_000)
            )
        }
    }

    private var mirrorStatus: String {
        switch state {
        case "PAUSED": "LINK_PAUSED"
        case "FAILED": "LINK_FAILED"
        case "UNAVAILABLE": "SOURCE_UNAVAILABLE"
        default: error == nil ? "ACTIVE" : "SOURCE_UNAVAILABLE"
        }
    }
}
