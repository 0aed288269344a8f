import ArgumentParser
import CurlHTTP

/// `linkwatch healthcheck`: whether a service lives, for those who start containers and have no other client at hand.
struct HealthcheckCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "healthcheck",
        abstract: "Asks a running service whether it is live; exit status 0 or 1."
    )

    @OptionGroup var service: ServiceOptions

    /// Shorter than the time-outs that containers usually have, so that the sentence is still told.
    private static let patience = Duration.seconds(3)

    func run() async throws {
        let address = try service.address()
        let curl = CurlClient(userAgent: "linkwatch/\(Version.text)", maximumConnections: 1)
        let problem = await Self.problem(of: address, curl)
        await curl.shutdown()
        if let problem {
            Terminal.complain("linkwatch: \(problem)")
            throw ExitCode.failure
        }
        Terminal.say("live")
    }

    private static func problem(of address: ServiceAddress, _ curl: CurlClient) async -> String? {
        let request = CurlRequest(
            url: address.url(of: "/livez"),
            timeout: patience,
            connectTimeout: patience,
            maximumBodySize: 64 << 10,
            cutsBody: true,
            session: "healthcheck"
        )
        do throws(CurlHTTPError) {
            let status = try await curl.send(request, options: address.options).status
            return status == 200 ? nil : "not live: \(address) answered /livez with status \(status) instead of 200"
        } catch {
            return "not live: \(error)"
        }
    }
}
