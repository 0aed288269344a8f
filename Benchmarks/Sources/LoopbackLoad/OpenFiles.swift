import Glibc

/// How many files, and so sockets, a process may have open.
package enum OpenFiles {
    /// Raises the soft limit to the hard one, for this process and those that it starts.
    /// - Throws: `LoadError.tooFewFiles` where that is less than what is needed.
    package static func allow(atLeast needed: Int) throws(LoadError) {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw .system(call: "getrlimit", code: errno)
        }
        guard limit.rlim_max >= rlim_t(needed) else {
            throw .tooFewFiles(needed: needed, allowed: Int(clamping: limit.rlim_max))
        }
        limit.rlim_cur = limit.rlim_max
        guard setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else {
            throw .system(call: "setrlimit", code: errno)
        }
    }
}
