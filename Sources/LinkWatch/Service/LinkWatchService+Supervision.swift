import CurlHTTP
import HTTPServing
import Inventory
import Polling

/// What a service manager is told about.
extension LinkWatchService {
    /// The service in one line.
    var summary: String { ServiceSummary(of: inventory.fleet, at: time.now(), facts.configuration).text }

    /// Those who have a thread or a queue of their own, each asked to do something there.
    ///
    /// The database is none of them where it only refuses writes: the present goes on being served without it.
    var vitalParts: [VitalPart] {
        [
            VitalPart(name: "http") { [server] in
                await server.takeTurn()
                return true
            },
            VitalPart(name: "inventory") { [inventory] in
                await inventory.takeTurn()
                return true
            },
            VitalPart(name: "libcurl") { [curl] in
                await curl.takeTurn()
                return true
            },
            VitalPart(name: "poller") { [poller] in await poller.lateness < Self.longestLateness },
        ]
    }

    /// The schedule is looked at within milliseconds of what is due; even a busy machine does not need this long.
    private static let longestLateness = Duration.seconds(10)
}
