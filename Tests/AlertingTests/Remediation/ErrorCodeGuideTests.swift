import Alerting
import ClusterLinks
import KafkaREST
import Testing

@testable import ConfluentSimulator

struct ErrorCodeGuideTests {
    /// The enumerations of Confluent's API description (confluentinc/ccloud-sdk-go-v2, kafkarest/v3/api/openapi.yaml).
    private static let linkErrors = [
        "UNKNOWN", "AUTHENTICATION_ERROR", "UNRESOLVABLE_BOOTSTRAP_ERROR", "INVALID_BOOTSTRAP_INTERNAL_ENDPOINT_ERROR",
        "BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR", "TIMEOUT_ERROR",
    ]
    private static let taskErrors = [
        "UNKNOWN", "INTERNAL_ERROR", "AUTHENTICATION_ERROR", "BROKER_AUTHENTICATION_ERROR", "MISCONFIGURATION_ERROR",
        "REMOTE_LINK_NOT_FOUND_ERROR", "LINK_NOT_FOUND_ERROR", "CONSUMER_GROUP_IN_USE_ERROR", "AUTHORIZATION_ERROR",
        "BROKER_AUTHORIZATION_ERROR", "SECURITY_DISABLED_ERROR", "TOPIC_EXISTS_ERROR", "POLICY_VIOLATION_ERROR",
        "LINK_COORDINATOR_NOT_ENABLED_ERROR", "ACL_LIMIT_EXCEEDED", "REMOTE_MIRROR_NOT_FOUND_ERROR",
        "UNKNOWN_TOPIC_OR_PARTITION_ERROR", "INVALID_TOPIC", "SUPPRESSED_ERRORS", "INVALID_REQUEST_ERROR",
    ]

    @Test func `the codes of the API are known, and no others`() {
        #expect(codes(of: .linkError) == Self.linkErrors.sorted())
        #expect(codes(of: .taskError) == Self.taskErrors.sorted())
        #expect(ErrorCodeGuide.entry(.taskError) != nil)
    }

    @Test func `the states that are bad are known, and no others`() {
        #expect(codes(of: .linkState) == ["FAILED", "UNAVAILABLE"])
        #expect(codes(of: .linkState).allSatisfy { LinkState(rawValue: $0).isBad })
    }

    @Test func `the reasons of failed polls are known, and no others`() {
        #expect(codes(of: .clusterUnreachable) == FailureReason.allCases.map(\.rawValue).sorted())
    }

    @Test func `what needs no code is known`() {
        #expect(ErrorCodeGuide.entry(.linkMissing) != nil)
        #expect(ErrorCodeGuide.entry(.linkUnexpected) != nil)
        #expect(Set(ErrorCodeGuide.entries.map(\.kind)) == Set(AlertKind.allCases))
    }

    @Test func `whatever the simulator reports is known`() {
        for trouble in LinkTrouble.all {
            #expect(ErrorCodeGuide.entry(.linkError, code: trouble.code) != nil, "\(trouble.code)")
        }
        for trouble in TaskTrouble.all {
            #expect(ErrorCodeGuide.entry(.taskError, code: trouble.failure.code) != nil, "\(trouble.failure.code)")
        }
    }

    @Test func `no error is no entry`() {
        for code in LinkErrorCode.spellingsOfAbsence.union(TaskErrorCode.spellingsOfAbsence) {
            for kind in AlertKind.allCases { #expect(ErrorCodeGuide.entry(kind, code: code) == nil) }
        }
    }

    @Test func `nothing is told twice`() {
        let subjects = ErrorCodeGuide.entries.map { [$0.kind.rawValue, $0.code ?? "-", $0.task ?? "-"] }
        #expect(Set(subjects).count == subjects.count)
        let remediations = ErrorCodeGuide.entries.map(\.remediation)
        #expect(Set(remediations).count == remediations.count)
    }

    @Test func `a code under its task comes before the code alone`() {
        let general = ErrorCodeGuide.remediation(
            forTaskError: TaskErrorCode(rawValue: "AUTHORIZATION_ERROR"),
            task: nil
        )
        for task in SimulatedTask.names {
            let special = ErrorCodeGuide.remediation(
                forTaskError: TaskErrorCode(rawValue: "AUTHORIZATION_ERROR"),
                task: task
            )
            #expect(special == ErrorCodeGuide.entry(.taskError, code: "AUTHORIZATION_ERROR", task: task)?.remediation)
            #expect(special != general)
        }
        for task in ["aclsync", "ACLSync", "AclSync ", "", "NewTask"] {
            let answer = ErrorCodeGuide.remediation(
                forTaskError: TaskErrorCode(rawValue: "AUTHORIZATION_ERROR"),
                task: task
            )
            #expect(answer == general, "\(task)")
        }
    }

    @Test func `only tasks that a server lists have entries of their own, and each beside one for its code`() {
        for entry in ErrorCodeGuide.entries where entry.task != nil {
            #expect(SimulatedTask.names.contains(entry.task ?? ""))
            #expect(ErrorCodeGuide.entry(entry.kind, code: entry.code) != nil)
        }
    }

    @Test func `a task in error without a code is told as that`() {
        let answer = ErrorCodeGuide.remediation(forTaskError: nil, task: "AclSync")
        #expect(answer == ErrorCodeGuide.entry(.taskError)?.remediation)
        #expect(answer.meaning.contains("no code"))
    }

    @Test(arguments: [
        "authentication_error", "Authentication_Error", "AUTHENTICATION_ERROR ", " AUTHENTICATION_ERROR",
        "AUTHENTICATION_ERROR\n", "AUTHENTICATION", "SOME_NEW_ERROR", "NO_ERROR", "", "0",
    ])
    func `a code that is not known byte by byte is told as unknown`(code: String) {
        let link = ErrorCodeGuide.remediation(forLinkError: LinkErrorCode(rawValue: code))
        #expect(link.meaning.contains("does not know this link_error"))
        #expect(link.likelyCause.contains("link_error_message"))
        #expect(link.firstStep.contains("confluent kafka link describe LINK"))
        let task = ErrorCodeGuide.remediation(forTaskError: TaskErrorCode(rawValue: code), task: "AclSync")
        #expect(task.meaning.contains("does not know this task error code"))
        #expect(task.likelyCause.contains("error_message"))
        let state = ErrorCodeGuide.remediation(forState: LinkState(rawValue: code))
        #expect(state.meaning.contains("does not know"))
        #expect(state.likelyCause.contains("link_error_message"))
        let reason = ErrorCodeGuide.remediation(forUnreachable: code)
        #expect(reason.meaning.contains("no advice"))
        #expect(reason.likelyCause.contains("last_failure.message"))
    }

    /// Swift takes the Kelvin sign as equal to the letter that it looks like.
    @Test func `another spelling of the same characters is another code`() {
        let spelling = "LIN\u{212A}_NOT_FOUND_ERROR"
        #expect(spelling == "LINK_NOT_FOUND_ERROR")
        #expect(ErrorCodeGuide.entry(.taskError, code: "LINK_NOT_FOUND_ERROR") != nil)
        #expect(ErrorCodeGuide.entry(.taskError, code: spelling) == nil)
    }

    @Test func `the same code means other things on a link, in a task and in a state`() {
        for code in ["UNKNOWN", "AUTHENTICATION_ERROR"] {
            let link = ErrorCodeGuide.remediation(forLinkError: LinkErrorCode(rawValue: code))
            let task = ErrorCodeGuide.remediation(forTaskError: TaskErrorCode(rawValue: code), task: nil)
            #expect(link != task)
        }
        #expect(ErrorCodeGuide.entry(.linkState, code: "UNKNOWN") == nil)
    }

    private func codes(of kind: AlertKind) -> [String] {
        Set(ErrorCodeGuide.entries.filter { $0.kind == kind }.compactMap(\.code)).sorted()
    }
}
