import ClusterLinks
import ExactJSON
import Testing

/// Truth rule 7: open enumerations and every spelling of "no error".
struct OpenTokenTests {
    @Test(
        arguments: [#"{"link_name":"a"}"#]
            + ["null", #""""#, #""NO_ERROR""#].map { #"{"link_name":"a","link_error":\#($0)}"# }
    )
    func everySpellingOfNoErrorIsOneAndTheSame(item: String) throws {
        let content = try LinkContent(json: item)
        #expect(content.error == nil)
        #expect(try content == LinkContent(json: #"{"link_name":"a"}"#))
        #expect(Health(lastKnownOf: content) == .ok)
    }

    @Test(arguments: [
        "UNKNOWN", "AUTHENTICATION_ERROR", "UNRESOLVABLE_BOOTSTRAP_ERROR", "INVALID_BOOTSTRAP_INTERNAL_ENDPOINT_ERROR",
        "BOOTSTRAP_TCP_CONNECTION_FAILED_ERROR", "TIMEOUT_ERROR", "SOMETHING_NEW", "no_error", "NO_ERROR ", " ", "NONE",
        "é",
    ])
    func everythingElseIsAnErrorAndKeptVerbatim(code: String) throws {
        let content = try LinkContent(json: #"{"link_name":"a","link_error":"\#(code)"}"#)
        #expect(content.error?.rawValue == code)
        #expect(content.fields["link_error"] == .string(code))
        #expect(Health(lastKnownOf: content) == .error)
    }

    @Test(arguments: ["0", "false", "{}", "[]", "17"])
    func aCodeOfAnUnexpectedTypeIsNotTakenForNoError(code: String) throws {
        let content = try LinkContent(json: #"{"link_name":"a","link_error":\#(code)}"#)
        #expect(content.error?.rawValue == code)
        #expect(Health(lastKnownOf: content) == .error)
    }

    @Test(arguments: [
        #"{"link_name":"a"}"#, #"{"link_name":"a","link_state":null}"#, #"{"link_name":"a","link_state":""}"#,
    ])
    func everySpellingOfNoStateIsOneAndTheSame(item: String) throws {
        let content = try LinkContent(json: item)
        #expect(content.state == nil)
        #expect(try content == LinkContent(json: #"{"link_name":"a"}"#))
    }

    @Test(arguments: [
        "ACTIVE", "PAUSED", "UNAVAILABLE", "FAILED", "UNKNOWN", "AVAILABLE", "active", "NOVEL", "NO_ERROR",
    ])
    func everyStateIsKeptVerbatim(state: String) throws {
        let content = try LinkContent(json: #"{"link_name":"a","link_state":"\#(state)"}"#)
        #expect(content.state?.rawValue == state)
        #expect(content.fields["link_state"] == .string(state))
    }

    @Test(arguments: [
        (#"[{"error_code":"NO_ERROR"}]"#, [String]()), (#"[{"error_code":null}]"#, []), (#"[{"error_code":""}]"#, []),
        ("[{}]", []), ("[]", []), ("null", []), (#"[{"error_code":"UNKNOWN"}]"#, ["UNKNOWN"]),
        (#"[{"error_code":"NOVEL"},{"error_code":"NO_ERROR"}]"#, ["NOVEL"]),
        (#"[{"error_code":"no_error"}]"#, ["no_error"]),
    ])
    func theSameHoldsForTaskCodes(errors: String, codes: [String]) throws {
        let tasks = #"[{"task_name":"AclSync","state":"ACTIVE","errors":\#(errors)}]"#
        let task = try #require(try LinkContent(json: #"{"link_name":"a"}"#, tasks: tasks).tasks.first)
        #expect(task.errorCodes.map(\.rawValue) == codes)
        #expect(task.isFailing == !codes.isEmpty)
    }

    @Test func tokensDescribeThemselvesAsTheyAreWritten() {
        #expect(LinkErrorCode(rawValue: "NOVEL").description == "NOVEL")
        #expect(LinkState.failed.description == "FAILED")
        #expect(TaskState.inError.rawValue == "IN_ERROR")
    }
}
