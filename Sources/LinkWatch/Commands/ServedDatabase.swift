import ArgumentParser
import ExactJSON
import Foundation
import ServiceClient

/// Where the database of a running service lies, for what reads its file beside it.
enum ServedDatabase {
    /// Why a service's file is not read here.
    enum Fault: Error, CustomStringConvertible {
        /// The service may run on another machine, whose paths mean nothing here.
        case elsewhere(address: String, path: String)
        /// The service tells no path.
        case untold(address: String)

        var description: String {
            switch self {
            case .elsewhere(let address, let path):
                "the database of \(address) is \(path) on its machine: run this there, or name a file"
            case .untold(let address): "\(address) does not tell where its database is: name the file"
            }
        }
    }

    /// The path that the service tells.
    ///
    /// - Throws: `ExitCode` after a word on standard error.
    static func path(_ remote: RemoteOptions) async throws -> String {
        let address = try remote.service.address()
        var found = ""
        try await Session.told {
            let status = try await remote.withService { try await $0.ask(ServiceRequest(["api", "v1", "status"])) }
            guard let path = status.object?["database"]?.object?["path"]?.string, path.hasPrefix("/") else {
                throw Fault.untold(address: address.description)
            }
            guard address.isOnThisMachine else { throw Fault.elsewhere(address: address.description, path: path) }
            found = path
        }
        return found
    }
}
