import ArgumentParser
import CurlHTTP
import Foundation
import ServiceClient

/// Where a running service is, and who asks it.
struct RemoteOptions: ParsableArguments {
    @OptionGroup var service: ServiceOptions

    @Option(
        help: ArgumentHelp(
            "The file with the token; else what LINKWATCH_TOKEN_FILE says, else none is sent.",
            valueName: "file"
        ),
        completion: .file()
    )
    var tokenFile: String?

    /// Lends the service that is meant.
    /// - Throws: `ValidationError` where a variable holds no address, and what the body throws.
    func withService<Result>(_ body: (RemoteService) async throws -> Result) async throws -> Result {
        try await Self.withService(at: service.address(), tokenFile: tokenFile, body)
    }

    /// - Parameter connectTimeout: how long a service that does not answer is waited for.
    static func withService<Result>(
        at address: ServiceAddress,
        tokenFile: String?,
        connectTimeout: Duration = .seconds(10),
        _ body: (RemoteService) async throws -> Result
    ) async throws -> Result {
        let curl = CurlClient(userAgent: "linkwatch/\(Version.text)", maximumConnections: 1)
        let variable = ProcessInfo.processInfo.environment["LINKWATCH_TOKEN_FILE"] ?? ""
        let service = RemoteService(
            address: address.description,
            base: address.url(of: ""),
            options: address.options,
            // An empty variable is none, as in compose files.
            tokenFile: tokenFile ?? (variable.isEmpty ? nil : variable),
            connectTimeout: connectTimeout,
            curl: curl
        )
        do {
            let result = try await body(service)
            await curl.shutdown()
            return result
        } catch {
            await curl.shutdown()
            throw error
        }
    }

    /// Who does something where no token says it: the user of this system.
    var userName: String? {
        let variable = ProcessInfo.processInfo.environment["LINKWATCH_TOKEN_FILE"] ?? ""
        return tokenFile == nil && variable.isEmpty ? NSUserName() : nil
    }
}
