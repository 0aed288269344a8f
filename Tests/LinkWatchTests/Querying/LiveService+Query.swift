import CurlHTTP
import ExactJSON
import Testing

extension LiveService {
    /// The answer to a statement, whatever it is.
    func ask(_ sql: String, parameters: String = "[]") async throws -> APIClient.Answer {
        let statement = String(decoding: JSONValue.string(sql).encoded, as: UTF8.self)
        return try await api.post("/api/v1/query", body: #"{"sql":\#(statement),"parameters":\#(parameters)}"#)
    }

    /// The document of a statement that is answered.
    func query(
        _ sql: String,
        parameters: String = "[]",
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws -> JSONValue {
        let answer = try await ask(sql, parameters: parameters)
        #expect(answer.status == 200, "\(answer.text)", sourceLocation: sourceLocation)
        return answer.json
    }

    /// The answer to a body that need be none.
    func ask(body: [UInt8]) async throws -> (status: Int, text: String) {
        let response = try await api.curl.send(
            CurlRequest(
                method: "POST",
                url: api.base + "/api/v1/query",
                headers: [CurlHeader("Content-Type", "application/json")],
                body: body,
                timeout: .seconds(30),
                connectTimeout: .seconds(10),
                session: "test"
            )
        )
        return (response.status, String(decoding: response.body, as: UTF8.self))
    }
}
