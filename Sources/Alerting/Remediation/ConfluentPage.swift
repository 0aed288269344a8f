/// Pages of Confluent's that entries refer to.
enum ConfluentPage {
    /// Explains the codes of links; the same text serves Confluent Platform and Confluent Cloud.
    static let troubleshooting = platform + "trouble-cp.html"
    static let taskErrors = troubleshooting + "#errors-cluster-link-tasks"
    static let unavailableLink = troubleshooting + "#troubleshoot-unavailable-cluster-link"

    static let configuration = cloud + "cluster-links-cc.html"
    static let mirrorTopics = cloud + "mirror-topics-cc.html"
    static let privateNetworking = cloud + "private-networking.html"
    static let security = cloud + "security-cloud.html"
    static let kafkaREST = "https://docs.confluent.io/cloud/current/kafka-rest/kafka-rest-cc.html"

    private static let cloud = "https://docs.confluent.io/cloud/current/multi-cloud/cluster-linking/"
    private static let platform =
        "https://docs.confluent.io/platform/current/multi-dc-deployments/cluster-linking/"
}
