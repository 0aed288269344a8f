import ClusterLinks
import CurlHTTP
import Inventory
import KafkaREST
import Polling

extension Configuration {
    /// One for each cluster and each receiver, so that polls and deliveries find theirs open.
    var connectionsKept: Int { max(clusters.count + alerts.receivers.count, 4) }
}

/// What a configured cluster becomes: a description to keep, a plan to poll by, a client to ask with.
extension Configuration.Cluster {
    var clusterID: ClusterID { ClusterID(id) }

    var description: ClusterDescription {
        ClusterDescription(
            id: clusterID,
            name: name,
            labels: labels,
            endpointHost: endpoint.host,
            staleAfter: poll.staleAfter
        )
    }

    var target: PollTarget<ClusterID> {
        PollTarget(
            id: clusterID,
            plan: PollPlan(
                interval: poll.interval,
                timeout: poll.timeout,
                backoffMaximum: poll.backoffMax,
                tasks: poll.tasks,
                tasksInterval: poll.tasksInterval
            )
        )
    }

    /// What asks this cluster over HTTP.
    /// - Throws: `AddressError`, for which a configuration that was read gives no cause.
    func client(over curl: CurlClient) throws -> KafkaRESTClient {
        let transport = CurlTransport(
            client: curl,
            session: CurlSessionID(id),
            options: CurlOptions(tls, proxy: proxy),
            timeout: poll.timeout
        )
        return KafkaRESTClient(
            endpoint: try Endpoint(baseURL: endpoint.text, cluster: clusterID),
            credentials: authentication.credentials,
            transport: transport,
            unpack: CurlTransport.unpack,
            now: { SystemTime.wall }
        )
    }

    func source(over curl: CurlClient, into inventory: InventoryStore, time: any TimeSource) throws -> ClusterSource {
        ClusterSource(cluster: clusterID, client: try client(over: curl), inventory: inventory, time: time)
    }
}

extension Configuration.Authentication {
    fileprivate var credentials: Credentials {
        switch self {
        case .none: .none
        case .basic(let username, let password): .basic(username: username) { try password.reveal() }
        case .bearer(let token, let pool): .bearer(token: { try token.reveal() }, identityPool: pool)
        }
    }
}
