import Foundation

/// By what a file is known again, and seen to be another or to have been written.
struct FileMark: Equatable {
    /// Why nothing is known of a file.
    struct Failure: Error, CustomStringConvertible {
        let code: Int32

        var description: String { String(cString: strerror(code)) }
    }

    private let device: UInt64
    private let number: UInt64
    private let mode: UInt32
    private let written: [Int]
    let size: Int64

    /// Of the file that a path leads to, through symbolic links.
    init(path: String) throws(Failure) {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Failure(code: errno) }
        self.init(status)
    }

    init(descriptor: Int32) throws(Failure) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Failure(code: errno) }
        self.init(status)
    }

    private init(_ status: stat) {
        device = UInt64(status.st_dev)
        number = UInt64(status.st_ino)
        mode = UInt32(status.st_mode)
        size = Int64(status.st_size)
        #if canImport(Darwin)
        written = [status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec]
        #else
        written = [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
        #endif
    }

    /// Neither a folder, nor a device, nor a pipe.
    var isOrdinary: Bool { mode & UInt32(S_IFMT) == UInt32(S_IFREG) }

    /// Whether both are one file, by whatever names they were reached.
    func isSameFile(as other: FileMark) -> Bool { (device, number) == (other.device, other.number) }
}
