import ArgumentParser
import ClusterLinks

/// An instant as a command line names it: by RFC 3339, by how long ago it was, such as `7d`, or `now`.
enum PastInstant: ExpressibleByArgument, Hashable {
    case at(Instant)
    case ago(Duration)

    init?(argument: String) {
        if argument == "now" {
            self = .ago(.zero)
        } else if let length = try? DurationText.parse(argument), length <= Self.longest {
            self = .ago(length)
        } else if let instant = Instant(rfc3339: argument) {
            self = .at(instant)
        } else {
            return nil
        }
    }

    func instant(before now: Instant) -> Instant {
        switch self {
        case .at(let instant): instant
        case .ago(let length): now.advanced(by: .zero - length)
        }
    }

    var defaultValueDescription: String {
        switch self {
        case .at(let instant): instant.description
        case .ago(.zero): "now"
        case .ago(let length): DurationText.format(length)
        }
    }

    /// Longer than anything is kept.
    static let longest = Duration.seconds(100 * 365 * 86_400)
}

/// A length of time as a command line and the configuration name it, such as `90s` or `5m`.
struct LengthOfTime: ExpressibleByArgument, Hashable {
    let duration: Duration

    init(_ duration: Duration) { self.duration = duration }

    init?(argument: String) {
        guard let duration = try? DurationText.parse(argument) else { return nil }
        self.init(duration)
    }

    var defaultValueDescription: String { DurationText.format(duration) }
}
