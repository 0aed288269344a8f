import Foundation

/// Reading a whole small file without trusting its size or kind.
enum BoundedFile {
    /// Why a file could not be read.
    ///
    /// The description goes behind "cannot read PATH: ".
    enum Failure: Error, Equatable, CustomStringConvertible {
        /// A system call failed with this `errno`.
        case system(Int32)
        /// A folder, a pipe or a device: it cannot be read a second time.
        case notRegular
        /// More than so many bytes.
        case tooLarge(limit: Int)

        var description: String {
            switch self {
            case .system(let code): String(cString: strerror(code)).lowercased()
            case .notRegular: "it is not a regular file"
            case .tooLarge(let limit): "it is larger than \(SizeText.format(limit))"
            }
        }
    }

    /// What changes when a file is written anew or another takes its name.
    struct Identity: Equatable {
        let device: UInt64
        let inode: UInt64
        let size: Int64
        let modified: Duration
        let changed: Duration

        init(_ status: stat) {
            device = UInt64(truncatingIfNeeded: status.st_dev)
            inode = UInt64(truncatingIfNeeded: status.st_ino)
            size = Int64(status.st_size)
            #if canImport(Darwin)
            modified = Self.duration(status.st_mtimespec)
            changed = Self.duration(status.st_ctimespec)
            #else
            modified = Self.duration(status.st_mtim)
            changed = Self.duration(status.st_ctim)
            #endif
        }

        private static func duration(_ time: timespec) -> Duration {
            .seconds(time.tv_sec) + .nanoseconds(time.tv_nsec)
        }
    }

    /// Blocks for as long as the file system does.
    static func read(
        _ path: String,
        limit: Int,
        regularOnly: Bool
    ) throws(Failure) -> (bytes: [UInt8], identity: Identity) {
        // Without O_NONBLOCK the opening of a pipe that nobody writes to would never end.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | (regularOnly ? O_NONBLOCK : 0))
        guard descriptor >= 0 else { throw .system(errno) }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw .system(errno) }
        guard !regularOnly || status.st_mode & S_IFMT == S_IFREG else { throw .notRegular }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Foundation.read(descriptor, &buffer, buffer.count)
            if count == 0 { return (bytes, Identity(status)) }
            guard count > 0 else {
                if errno == EINTR { continue }
                throw .system(errno)
            }
            bytes += buffer[..<count]
            guard bytes.count <= limit else { throw .tooLarge(limit: limit) }
        }
    }

    static func identity(of path: String) -> Identity? {
        var status = stat()
        return stat(path, &status) == 0 ? Identity(status) : nil
    }

    static func isReadableByEveryone(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IROTH != 0
    }
}
