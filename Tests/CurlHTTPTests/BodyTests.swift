import CurlHTTP
import Testing

@Suite(.timeLimit(.minutes(1)))
struct BodyTests {
    private func answer(
        _ script: @escaping ScriptedServer.Script,
        to method: String = "GET",
        maximumBodySize: Int
    ) async throws -> Result<CurlResponse, CurlHTTPError> {
        var result: Result<CurlResponse, CurlHTTPError>?
        try await withScriptedServer(script) { server in
            try await withClient { client in
                do throws(CurlHTTPError) {
                    let request = CurlRequest.make(server.url(), method: method, maximumBodySize: maximumBodySize)
                    result = .success(try await client.send(request))
                } catch {
                    result = .failure(error)
                }
            }
        }
        return try #require(result)
    }

    @Test func aBodyOfExactlyTheCapIsTaken() async throws {
        let result = try await answer(
            { $0.answerAll(body: String(repeating: "x", count: 1000)) },
            maximumBodySize: 1000
        )
        #expect(try result.get().body.count == 1000)
    }

    @Test func aBodyThatAnnouncesMoreIsRefused() async throws {
        let result = try await answer(
            { $0.answerAll(body: String(repeating: "x", count: 1001)) },
            maximumBodySize: 1000
        )
        #expect(result.error?.reason == "too_large")
    }

    @Test func aBodyThatAnnouncesNothingIsStoppedAtTheCap() async throws {
        let result = try await answer(
            { connection in
                _ = connection.readRequest()
                connection.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
                // Ends only when the client does not want any more.
                while connection.write(String(repeating: "x", count: 10_000)) {}
            },
            maximumBodySize: 1_000_000
        )
        #expect(result.error?.reason == "too_large")
    }

    @Test(arguments: [nil, 1_000_000_000])
    func aBodyThatMayBeCutIsAnAnswerUpToTheCap(announced: Int?) async throws {
        try await withScriptedServer { connection in
            _ = connection.readRequest()
            let length = announced.map { "Content-Length: \($0)\r\n" } ?? ""
            connection.write("HTTP/1.1 201 Created\r\n\(length)Connection: close\r\n\r\n")
            while connection.write(String(repeating: "x", count: 10_000)) {}
        } body: { server in
            try await withClient { client in
                var request = CurlRequest.make(server.url(), method: "POST", maximumBodySize: 1234)
                request.cutsBody = true
                let response = try await client.send(request)
                #expect(response.status == 201)
                #expect(response.body == [UInt8](repeating: UInt8(ascii: "x"), count: 1234))
                #expect(response.bodyIsCut)
            }
        }
    }

    @Test func aGzipBombIsStoppedAtTheCap() async throws {
        // 100 MB in 100 kB.
        let bomb = try await Gzip.compress([UInt8](repeating: 0, count: 100_000_000))
        #expect(bomb.count < 200_000)
        let result = try await answer(
            { connection in
                _ = connection.readRequest()
                connection.answer(headers: ["Content-Encoding: gzip"], body: bomb)
            },
            maximumBodySize: 1_000_000
        )
        #expect(result.error?.reason == "too_large")
        #expect(result.error?.failure.message == "a body of more than 1000000 bytes")
    }

    @Test func gzipIsAskedForAndUnpacked() async throws {
        let result = try await answer(
            { connection in
                let asked = connection.readRequest()?["Accept-Encoding"] == "gzip"
                connection.answer(
                    headers: asked ? ["Content-Encoding: gzip"] : [],
                    body: asked ? Gzip.hello : Array("plain".utf8)
                )
            },
            maximumBodySize: 100
        )
        #expect(try result.get().body == Array("hello".utf8))
    }

    @Test func theLengthThatHEADAnnouncesIsNoBody() async throws {
        let result = try await answer(
            { connection in
                _ = connection.readRequest()
                connection.write("HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n")
                connection.waitForEnd()
            },
            to: "HEAD",
            maximumBodySize: 1000
        )
        #expect(try result.get()["content-LENGTH"] == "1001")
    }
}

extension Result where Success == CurlResponse, Failure == CurlHTTPError {
    fileprivate var error: CurlHTTPError? {
        guard case .failure(let error) = self else { return nil }
        return error
    }
}
