import ExactJSON

/// The documents that the interface answers with, by their names in its description.
enum Schema: String, CaseIterable, Sendable {
    case link = "Link"
    case pair = "Pair"
    case topology = "Topology"
    case cluster = "Cluster"
    case poll = "Poll"
    case version = "Version"
    case document = "Document"
    case episode = "Episode"
    case difference = "Difference"
    case change = "Change"
    case snapshot = "Snapshot"
    case pollRun = "PollRun"
    case availability = "Availability"
    case evidence = "Evidence"
    case alert = "Alert"
    case alertDetail = "AlertDetail"
    case acknowledgementRequest = "AcknowledgementRequest"
    case silence = "Silence"
    case silenceRequest = "SilenceRequest"
    case incident = "Incident"
    case incidentDetail = "IncidentDetail"
    case errorCode = "ErrorCode"
    case auditEntry = "AuditEntry"
    case queryRequest = "QueryRequest"
    case queryAnswer = "QueryAnswer"
    case gettableAlert = "GettableAlert"
    case alertGroup = "AlertGroup"
    case alertmanagerStatus = "AlertmanagerStatus"
    case status = "Status"
    case reload = "Reload"
    case kafkaLinkList = "KafkaLinkDataList"
    case kafkaLink = "KafkaLinkData"
    case kafkaLinkCreation = "CreateLinkRequestData"
    case kafkaDataList = "KafkaDataList"
    case description = "Description"
    case problem = "Problem"
    case kafkaError = "KafkaError"

    var reference: JSONObject { ["$ref": .string("#/components/schemas/\(rawValue)")] }

    var fields: [SchemaField] {
        switch self {
        case .link: Self.linkFields
        case .pair: Self.pairFields
        case .topology: Self.topologyFields
        case .document: Self.upstreamFields
        case .cluster: Self.clusterFields
        case .poll: Self.manualPollFields
        case .version: Self.versionFields
        case .episode: Self.episodeFields
        case .difference: Self.differenceFields
        case .change: Self.changeFields
        case .snapshot: Self.snapshotFields
        case .pollRun: Self.pollRunFields
        case .availability: Self.availabilityFields
        case .evidence: Self.evidenceFields
        case .alert: Self.alertFields
        case .alertDetail: Self.alertDetailFields
        case .acknowledgementRequest: Self.acknowledgementRequestFields
        case .silence: Self.silenceFields
        case .silenceRequest: Self.silenceRequestFields
        case .incident: Self.incidentFields
        case .incidentDetail: Self.incidentDetailFields
        case .errorCode: Self.errorCodeFields
        case .auditEntry: Self.auditEntryFields
        case .queryRequest: Self.queryRequestFields
        case .queryAnswer: Self.queryAnswerFields
        case .gettableAlert: Self.gettableAlertFields
        case .alertGroup: Self.alertGroupFields
        case .alertmanagerStatus: Self.alertmanagerStatusFields
        case .status: Self.statusFields
        case .reload: Self.reloadFields
        case .kafkaLinkList: Self.kafkaLinkListFields
        case .kafkaLink: Self.kafkaLinkFields
        case .kafkaLinkCreation: Self.kafkaLinkCreationFields
        case .kafkaDataList: Self.kafkaDataListFields
        case .description: Self.descriptionFields
        case .problem: Self.problemFields
        case .kafkaError: Self.kafkaErrorFields
        }
    }
}
