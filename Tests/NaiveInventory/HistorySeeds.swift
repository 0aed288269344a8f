import Foundation

/// Which random histories are compared with the model: as many as a suite has time for, or those that are asked for.
package enum HistorySeeds {
    /// - Parameter count: how many where `LINKWATCH_MODEL_SEEDS` asks for no others, as in `5000` or `4711..<4712`.
    package static func asked(orFirst count: Int) -> Range<Int> {
        let words = (ProcessInfo.processInfo.environment["LINKWATCH_MODEL_SEEDS"] ?? "")
            .components(separatedBy: "..<").compactMap(Int.init)
        return words.count == 2 ? words[0]..<words[1] : 0..<(words.first ?? count)
    }
}
