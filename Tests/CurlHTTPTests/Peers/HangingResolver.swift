import Foundation

/// A resolver that hangs for names of its own, inside the real `getaddrinfo`.
///
/// It is a module of the C library's name service switch, compiled here and put into this process's order of look-ups
/// (nss(5)): so nothing is replaced or pretended, nobody must be root, and all other names go their usual way.
struct HangingResolver {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    private typealias NameFunction = @convention(c) (UnsafePointer<CChar>) -> Void
    private let waitUntilAsked: NameFunction
    private let release: NameFunction

    /// One for the process, for a module cannot be taken out again.
    private static let shared = Task {
        try await withTemporaryFolder { folder in
            let source = folder.appending(path: "module.c")
            let library = folder.appending(path: "libnss_linkwatch.so.2")
            try moduleSource.write(to: source, atomically: true, encoding: .utf8)
            let compiler = try TestProgram("cc", "gcc", "clang", package: "gcc")
            let options = ["-shared", "-fPIC", "-pthread", "-Wl,-soname,\(library.lastPathComponent)"]
            try await compiler.run(options + ["-o", library.path, source.path], in: folder)
            // The C library finds a module that is loaded already by its soname.
            guard let handle = dlopen(library.path, RTLD_NOW | RTLD_GLOBAL) else {
                throw Failure(description: dlerror().map { String(cString: $0) } ?? "dlopen failed")
            }
            func symbol<Function>(_ name: String, as type: Function.Type) throws -> Function {
                guard let address = dlsym(handle, name) else { throw Failure(description: "no function \(name)") }
                return unsafeBitCast(address, to: type)
            }
            let install = try symbol("hanging_install", as: (@convention(c) () -> Int32).self)
            guard install() == 0 else { throw Failure(description: "the module was not taken into nss") }
            return HangingResolver(
                waitUntilAsked: try symbol("hanging_wait_until_asked", as: NameFunction.self),
                release: try symbol("hanging_release", as: NameFunction.self)
            )
        }
    }

    /// How long a look-up hangs at most, so that a client that waits for it fails its test instead of hanging too.
    static let longestHang: Duration = .seconds(20)

    /// Lends a name of which every look-up hangs until the body is done, and then finds nothing.
    static func withHangingName(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (_ name: String, _ waitUntilAsked: @escaping @Sendable () async -> Void) async throws -> Void
    ) async throws {
        let resolver = try await shared.value
        let name = "\(UUID().uuidString.lowercased()).hang.test"
        defer { resolver.release(name) }
        try await body(name) {
            await withCheckedContinuation { continuation in
                Thread {
                    resolver.waitUntilAsked(name)
                    continuation.resume()
                }.start()
            }
        }
    }

    /// Lends a name that does not exist, without a network.
    static func withUnknownName(
        isolation: isolated (any Actor)? = #isolation,
        _ body: (String) async throws -> Void
    ) async throws {
        _ = try await shared.value
        try await body("nobody.unknown.test")
    }
}

private let moduleSource = """
    #include <errno.h>
    #include <netdb.h>
    #include <nss.h>
    #include <pthread.h>
    #include <stdint.h>
    #include <string.h>
    #include <time.h>

    struct entry { char name[80]; int asked, released; };
    static struct entry entries[256];
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;

    static struct entry *entry_of(const char *name) {
        for (int i = 0; i < 255; i++) {
            if (entries[i].name[0] == 0) strncpy(entries[i].name, name, sizeof entries[i].name - 1);
            if (strcmp(entries[i].name, name) == 0) return &entries[i];
        }
        return &entries[255];
    }

    static int ends_with(const char *name, const char *end) {
        size_t length = strlen(name), tail = strlen(end);
        return length >= tail && strcmp(name + length - tail, end) == 0;
    }

    static enum nss_status look_up(const char *name, int *error, int *name_error) {
        *error = ENOENT;
        *name_error = HOST_NOT_FOUND;
        if (ends_with(name, ".unknown.test")) return NSS_STATUS_NOTFOUND;
        if (!ends_with(name, ".hang.test")) return NSS_STATUS_UNAVAIL;
        pthread_mutex_lock(&lock);
        struct entry *entry = entry_of(name);
        entry->asked = 1;
        pthread_cond_broadcast(&changed);
        struct timespec end;
        clock_gettime(CLOCK_REALTIME, &end);
        end.tv_sec += \(HangingResolver.longestHang.components.seconds);
        while (!entry->released && pthread_cond_timedwait(&changed, &lock, &end) == 0) {}
        pthread_mutex_unlock(&lock);
        return NSS_STATUS_NOTFOUND;
    }

    enum nss_status _nss_linkwatch_gethostbyname4_r(
        const char *name, struct gaih_addrtuple **found, char *buffer, size_t size,
        int *error, int *name_error, int32_t *ttl) {
        return look_up(name, error, name_error);
    }

    enum nss_status _nss_linkwatch_gethostbyname2_r(
        const char *name, int family, struct hostent *found, char *buffer, size_t size,
        int *error, int *name_error) {
        return look_up(name, error, name_error);
    }

    int hanging_install(void) {
        return __nss_configure_lookup("hosts", "files linkwatch [NOTFOUND=return] dns");
    }

    void hanging_wait_until_asked(const char *name) {
        pthread_mutex_lock(&lock);
        struct entry *entry = entry_of(name);
        while (!entry->asked) pthread_cond_wait(&changed, &lock);
        pthread_mutex_unlock(&lock);
    }

    void hanging_release(const char *name) {
        pthread_mutex_lock(&lock);
        entry_of(name)->released = 1;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&lock);
    }
    """
