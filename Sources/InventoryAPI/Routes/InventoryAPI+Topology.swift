import ClusterLinks
import HTTPServing
import Inventory

/// `/api/v1/topology`: the clusters as nodes, the links between them as edges.
extension InventoryAPI {
    private enum TopologyFormat: String, CaseIterable {
        case json, mermaid
    }

    private static let format = Parameter(
        "format",
        "json (where it is not given), or mermaid: a flowchart.",
        .choice(TopologyFormat.allCases.map(\.rawValue))
    )

    var topologyRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/topology",
                id: "getTopology",
                summary: "The clusters and the links between them, the two sides of one link as one edge",
                parameters: ClusterFilter.parameters + [.at, Self.format],
                answer: .itemOrText(.topology, types: [TopologyDiagram.contentType]),
                handler: .atHand({ known($0) }, otherwise: { try await topology($0) })
            )
        ]
    }

    private func topology(_ question: Question) async throws -> Response {
        let view = view
        if let at = try past(question) {
            let representation = try await history.fleet(at: at) { past in
                let clusters = try view.clusters.compactMap { try past.cluster($0.description) }
                let fleet = try PairedFleet(
                    pairing: clusters.flatMap { cluster in
                        let json = ClusterJSON(cluster.view.description)
                        return try past.links(of: cluster).map { PresentableLink($0, in: cluster.view, json: json) }
                    }
                )
                return try topology(
                    of: fleet,
                    clusters: clusters.map(\.view),
                    at: at,
                    for: question,
                    sequence: past.sequence
                )
            }
            return .representation(representation)
        }
        return .representation(
            try answers.answer(to: question.request.target, generation: view.generation) {
                let fleet = pairing.fleet(of: view).paired
                return try topology(of: fleet, clusters: view.clusters, for: question, sequence: view.sequence)
            }
        )
    }

    /// The topology of a fleet, present or past, in the format that is asked for.
    /// - Parameters:
    ///   - clusters: all of the same moment.
    ///   - instant: nil for the present.
    func topology(
        of fleet: PairedFleet,
        clusters: [ClusterView],
        at instant: Instant? = nil,
        for question: Question,
        sequence: Int64
    ) throws -> Representation {
        let filter = try ClusterFilter(question)
        let format = try question.choice(Self.format.name, default: TopologyFormat.json)
        let topology = Topology(of: fleet, clusters: clusters, admitting: filter, at: instant)
        switch format {
        case .json:
            return JSONAnswer.representation(TopologyJSON.encoded(topology), sequence: sequence)
        case .mermaid:
            return Representation(
                contentType: TopologyDiagram.contentType,
                body: Array(TopologyDiagram.text(of: topology).utf8),
                extraFields: JSONAnswer.fields(sequence: sequence),
                isSentOften: true
            )
        }
    }
}
