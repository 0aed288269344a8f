import Foundation
import LoopbackLoad
import Measuring

/// What a benchmark plays on: a simulated fleet of a hundred links, the service that watches it, and nginx with what the
/// service answers.
///
/// Every benchmark has one of its own, so that none inherits the memory of another.
struct Stage {
    let folder: URL
    let linkwatch: Server
    let nginx: Server

    /// Sets it up in a temporary folder, lends it, and clears everything away.
    static func with<Result>(_ settings: Settings, _ body: (Stage) throws -> Result) throws -> Result {
        try TemporaryFolder.with { folder in
            let fleet = try SimulatedFleet(.onePage, program: settings.linkwatch, folder: folder)
            defer { fleet.child.stop() }
            let service = try WatchingService(program: settings.linkwatch, fleet: fleet, folder: folder)
            defer { service.child.stop() }
            let peer = try NginxPeer(serving: [.links, .metrics], of: service.server, folder: folder)
            defer { peer.child.stop() }
            let result = try body(Stage(folder: folder, linkwatch: service.server, nginx: peer.server))
            try service.child.checkRunning()
            return result
        }
    }
}

extension RequestText {
    static let links = RequestText(path: "/api/v1/links")
    static let metrics = RequestText(path: "/metrics")

    func adding(_ field: String) -> RequestText { RequestText(path: path, fields: fields + [field]) }
    var gzipped: RequestText { adding("Accept-Encoding: gzip") }
}
