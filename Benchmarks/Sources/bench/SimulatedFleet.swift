import Foundation
import LoopbackLoad
import Measuring

/// `linkwatch simulate` with a hundred links in all, the number that one page of the list has.
struct SimulatedFleet {
    static let clusters = 5
    static let linksEach = 20

    let child: Child
    let port: UInt16
    let clusterIDs: [String]

    init(program: URL, folder: URL) throws {
        port = try LoopbackSocket.freePort()
        child = try Child(
            program,
            [
                "simulate", "--listen", "127.0.0.1:\(port)", "--clusters", "\(Self.clusters)", "--links",
                "\(Self.linksEach)",
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
