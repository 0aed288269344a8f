/// The paging that a simulated list can be told to do, which real ones do not.
///
/// The token is the number of items before the page; a list without the fault takes it too and gives all the rest.
enum ListPage {
    static func start(of request: UpstreamRequest) -> Int {
        max(0, request.query["page_token"].flatMap { Int($0) } ?? 0)
    }

    /// The absolute address of the page that begins after `start` items.
    static func address(from start: Int, of request: UpstreamRequest, origin: String?) -> String {
        let list = origin.map { $0 + "/kafka/v3/clusters/\(PercentEncoding.segment(request.clusterID))/links" }
        return "\(list ?? request.links)?page_token=\(start)"
    }
}
