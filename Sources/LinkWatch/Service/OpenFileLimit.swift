import Foundation

/// How many files this process may have open; connections are files.
enum OpenFileLimit {
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
