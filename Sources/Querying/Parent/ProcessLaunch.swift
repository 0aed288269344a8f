import Foundation

/// Starts the process of a question: with one socket as its input and output, and nothing else of ours.
enum ProcessLaunch {
    struct Failure: Error {
        let reason: String
    }

    /// - Returns: its id, and the other end of the socket, which does not block.
    static func start(_ executable: String) throws(Failure) -> (id: pid_t, socket: Int32) {
        var ends: [Int32] = [-1, -1]
        let type = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)
        guard socketpair(AF_UNIX, type, 0, &ends) == 0 else { throw Failure(reason: reason(errno)) }
        defer { close(ends[1]) }
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        do throws(Failure) {
            return (try spawn(executable, ends[1]), ends[0])
        } catch {
            close(ends[0])
            throw error
        }
    }

    private static func spawn(_ executable: String, _ end: Int32) throws(Failure) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, end, 0)
        posix_spawn_file_actions_adddup2(&actions, end, 1)
        posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // What this process blocks or ignores is its own business; and a terminal's ^C goes to it alone.
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        sigfillset(&signals)
        posix_spawnattr_setsigdefault(&attributes, &signals)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP)
        )
        let texts = { (texts: [String]) in texts.map { strdup($0) } + [nil] }
        var arguments = texts(["linkwatch", QueryProcess.argument])
        defer { for argument in arguments { free(argument) } }
        var environment: [UnsafeMutablePointer<CChar>?] = [nil]
        var id = pid_t()
        let code = posix_spawn(&id, executable, &actions, &attributes, &arguments, &environment)
        guard code == 0 else { throw Failure(reason: "\(executable): \(reason(code))") }
        return id
    }

    private static func reason(_ code: Int32) -> String { String(cString: strerror(code)) }
}
