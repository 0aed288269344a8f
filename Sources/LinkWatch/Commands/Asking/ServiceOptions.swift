import ArgumentParser
import Foundation

/// Which running service a command asks.
struct ServiceOptions: ParsableArguments {
    @Option(
        name: .customLong("url"),
        help: ArgumentHelp(
            "The service: http://HOST:PORT, https://HOST or unix:/PATH; else what LINKWATCH_URL says, else http://127.0.0.1:8080.",
            valueName: "url"
        ),
        transform: ServiceAddress.argument
    )
    var given: ServiceAddress?

    /// - Throws: `ValidationError` where the variable holds no address.
    func address() throws -> ServiceAddress { try given ?? Self.usual() }

    /// The service that is meant where a command names none.
    /// - Throws: `ValidationError` where the variable holds no address.
    static func usual(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws -> ServiceAddress {
        // An empty variable is none, as in compose files.
        guard let text = environment["LINKWATCH_URL"], !text.isEmpty else { return .standard }
        do throws(Refusal) {
            return try ServiceAddress(parsing: text)
        } catch {
            throw ValidationError("LINKWATCH_URL \(error.sentence)")
        }
    }
}
