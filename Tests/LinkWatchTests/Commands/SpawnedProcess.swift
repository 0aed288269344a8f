import Foundation
import Locking

/// A child process with pipes for what it says.
///
/// Spawned without Foundation's `Process`: that one watches its pipes through Dispatch and a run loop, which under the load of
/// a whole suite lost ends of processes and closed descriptors that were still watched.
struct SpawnedProcess: Sendable {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    let id: pid_t
    /// The reading ends, which whoever reads them closes.
    let output: Int32
    let error: Int32

    /// A pipe is inherited by no other child that is spawned at the same time.
    private static let spawning = Locked(())

    /// - Parameter descriptors: what the child has from its descriptor 3 on.
    init(
        executable: String,
        arguments: [String],
        environment: [String: String],
        descriptors: [Int32] = [],
        errors: String?
    ) throws {
        (id, output, error) = try Self.spawning.withLock { _ in
            let (outputEnd, outputStart) = try Self.pipe()
            let (errorEnd, errorStart) = try Self.pipe()
            defer {
                close(outputStart)
                close(errorStart)
            }
            var actions = posix_spawn_file_actions_t()
            posix_spawn_file_actions_init(&actions)
            defer { posix_spawn_file_actions_destroy(&actions) }
            posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
            posix_spawn_file_actions_adddup2(&actions, outputStart, 1)
            if let errors {
                posix_spawn_file_actions_addopen(&actions, 2, errors, O_WRONLY | O_CREAT, 0o600)
            } else {
                posix_spawn_file_actions_adddup2(&actions, errorStart, 2)
            }
            for (number, descriptor) in zip(Int32(3)..., descriptors) {
                posix_spawn_file_actions_adddup2(&actions, descriptor, number)
            }
            var attributes = posix_spawnattr_t()
            posix_spawnattr_init(&attributes)
            defer { posix_spawnattr_destroy(&attributes) }
            // The threads of Swift's pool block signals, which a child would inherit.
            var none = sigset_t()
            sigemptyset(&none)
            posix_spawnattr_setsigmask(&attributes, &none)
            var all = sigset_t()
            sigfillset(&all)
            posix_spawnattr_setsigdefault(&attributes, &all)
            posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

            let texts = { (texts: [String]) in texts.map { strdup($0) } + [nil] }
            var argv = texts([executable] + arguments)
            var variables = texts(environment.map { "\($0.key)=\($0.value)" })
            defer { for text in argv + variables { free(text) } }
            var id = pid_t()
            let code = posix_spawn(&id, executable, &actions, &attributes, &argv, &variables)
            guard code == 0 else {
                close(outputEnd)
                close(errorEnd)
                throw Failure(description: "cannot start \(executable): \(String(cString: strerror(code)))")
            }
            return (id, outputEnd, errorEnd)
        }
    }

    /// Blocks until it ends.
    func wait() -> LinkWatchProcess.Ending {
        var status: Int32 = 0
        while waitpid(id, &status, 0) < 0, errno == EINTR {}
        // As wait(2) lays the status out.
        return status & 0x7F == 0 ? .exit((status >> 8) & 0xFF) : .signal(status & 0x7F)
    }

    /// Where the products lie.
    static var folder: String {
        get throws { URL(filePath: try linkwatch).deletingLastPathComponent().path }
    }

    /// The product lies beside the bundle of the tests.
    static var linkwatch: String {
        get throws {
            let bundle = CommandLine.arguments.first { $0.hasSuffix(".xctest") } ?? CommandLine.arguments[0]
            let path = URL(filePath: bundle).deletingLastPathComponent().appending(path: "linkwatch").path
            guard FileManager.default.isExecutableFile(atPath: path) else {
                throw Failure(description: "there is no \(path): build the product linkwatch before its tests run")
            }
            return path
        }
    }

    private static func pipe() throws -> (end: Int32, start: Int32) {
        var ends: [Int32] = [0, 0]
        guard Foundation.pipe(&ends) == 0 else {
            throw Failure(description: "cannot make a pipe: \(String(cString: strerror(errno)))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return (ends[0], ends[1])
    }
}
