import ClusterLinks
import ExactJSON
import HTTPServing
import Inventory

/// `/api/v1/links/pairs`: links that are two sides of one.
extension InventoryAPI {
    private static let agree = Parameter(
        "agree",
        "false shows only pairs whose sides tell different things, true only the others, any (where it is not given) both.",
        .choice(Tristate.allCases.map(\.rawValue))
    )

    var pairRoutes: [APIRoute] {
        [
            APIRoute(
                "/api/v1/links/pairs",
                id: "listPairs",
                summary:
                    "Links that are two sides of one, of which a filter admits either: whether they agree, and which reports what",
                parameters: [.clusterID] + LinkFilter.parameters + [Self.agree, .at, .limit, .cursor],
                answer: .list(of: .pair, beside: [SchemaField("at", .instant, "Only with at.", isOptional: true)]),
                handler: .atHand({ known($0) }, otherwise: { try await pairs($0) })
            )
        ]
    }

    private func pairs(_ question: Question) async throws -> Response {
        let view = view
        if let at = try past(question) {
            let representation = try await history.fleet(at: at) { past in
                let fleet = try PairedFleet(pairing: Self.links(of: past, view))
                return try pairs(
                    of: fleet,
                    for: question,
                    sequence: past.sequence,
                    more: ["at": .string(at.description)]
                ) { LinkJSON.bytes(of: fleet.links[$0]) }
            }
            return .representation(representation)
        }
        return .representation(
            try answers.answer(to: question.request.target, generation: view.generation) {
                let present = pairing.fleet(of: view)
                let fleet = present.paired
                return try pairs(of: fleet, for: question, sequence: view.sequence) { place in
                    fragment(of: present[place], in: fleet.links[place].cluster, present)
                }
            }
        )
    }

    /// A page of the pairs of a fleet, present or past, that the question admits.
    /// - Parameters:
    ///   - more: further members beside the list.
    ///   - json: the JSON of the link in a place of the fleet; asked for only if it is shown.
    func pairs(
        of fleet: PairedFleet,
        for question: Question,
        sequence: Int64,
        more: JSONObject = [:],
        json: @escaping (Int) -> [UInt8]
    ) throws -> Representation {
        let filter = try LinkFilter(question)
        let agree = try question.choice(Self.agree.name, default: Tristate.any)
        var page = try LinkPage(question)
        for place in fleet.pairs {
            let pair = PresentablePair(place, in: fleet)
            guard
                filter.admits(pair.source.cluster) && filter.admits(pair.source)
                    || filter.admits(pair.destination.cluster) && filter.admits(pair.destination),
                agree.admits(pair.agreement.isComplete)
            else { continue }
            page.offer(pair.source) {
                $0.append(contentsOf: pair.encoded(sides: (json(place.source), json(place.destination))))
            }
        }
        return page.representation(for: question, sequence: sequence, more: more)
    }

    /// Every link of a fleet of the past.
    static func links(of past: PastFleet, _ view: FleetView) throws -> [PresentableLink] {
        try view.clusters.flatMap { cluster in
            guard let state = try past.cluster(cluster.description) else { return [PresentableLink]() }
            let json = ClusterJSON(state.view.description)
            return try past.links(of: state).map { PresentableLink($0, in: state.view, json: json) }
        }
    }

    /// The JSON of a listed link, kept as long as it holds.
    func fragment(of record: LinkRecord, in cluster: ClusterView, _ present: PresentFleet) -> [UInt8] {
        fragments.fragment(of: record, in: cluster, counterpart: present.counterpart(of: record))
    }
}
