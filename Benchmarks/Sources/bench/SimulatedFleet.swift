import Foundation
import LoopbackLoad
import Measuring

/// `linkwatch simulate`.
struct SimulatedFleet {
    /// How many there are of what.
    struct Size {
        let clusters: Int
        let linksEach: Int
        var links: Int { clusters * linksEach }

        /// A hundred links in all, the number that one page of the list has.
        static let onePage = Size(clusters: 5, linksEach: 20)
    }

    let child: Child
    let port: UInt16
    let size: Size
    let clusterIDs: [String]

    init(_ size: Size, program: URL, folder: URL) throws {
        self.size = size
        port = try LoopbackSocket.freePort()
        child = try Child(
            program,
            [
                "simulate", "--listen", "127.0.0.1:\(port)", "--clusters", "\(size.clusters)", "--links",
                "\(size.linksEach)",
            ],
            in: folder
        )
        do {
            try child.awaitListening(on: port)
            let answer = try LoopbackSocket(port: port)
                .answer(to: RequestText(path: "/control/v1/clusters").bytes(port: port))
            clusterIDs = try JSONDecoder().decode(Listing.self, from: Data(answer.body)).data.map(\.id)
        } catch {
            child.stop()
            throw error
        }
    }

    private struct Listing: Decodable {
        struct Cluster: Decodable {
            let id: String
            enum CodingKeys: String, CodingKey { case id = "cluster_id" }
        }
        let data: [Cluster]
    }
}
