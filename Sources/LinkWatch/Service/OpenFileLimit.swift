import Foundation
import HTTPServing
import Logging

/// How many files this process may have open; connections are files.
enum OpenFileLimit {
    /// Besides connections: the database with its readers, bodies kept in files, the event queues' own.
    private static let otherFiles = 512

    /// Raises the limit to what a configuration may need, and tells where the system does not let it.
    static func makeRoom(for configuration: Configuration, _ logger: Logger) {
        let needed = configuration.http.limits.connections + configuration.connectionsKept + otherFiles
        let allowed = raise(to: needed)
        guard allowed < needed else { return }
        logger.warning(
            "fewer files may be open than connections are allowed; raise the hard limit (ulimit -Hn) or lower http.limits.connections",
            metadata: ["process.open_files_allowed": "\(allowed)", "process.open_files_needed": "\(needed)"]
        )
    }

    /// Raises the limit to what is needed, as far as the system lets this user (`setrlimit(2)`); returns what holds then.
    static func raise(to needed: Int) -> Int {
        var limit = rlimit()
        #if canImport(Glibc)
        let resource = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        #else
        let resource = RLIMIT_NOFILE
        #endif
        guard getrlimit(resource, &limit) == 0 else { return needed }
        if limit.rlim_cur < rlim_t(needed) {
            limit.rlim_cur = min(rlim_t(needed), limit.rlim_max)
            // A failure leaves the old limit, which is read back.
            _ = setrlimit(resource, &limit)
            getrlimit(resource, &limit)
        }
        return Int(clamping: limit.rlim_cur)
    }
}
