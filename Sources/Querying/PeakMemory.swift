import Foundation

/// The most memory that a process had at once, as the kernel counts it (`VmHWM` in proc(5)).
///
/// Not what wait4(2) tells: that begins with what the process that started it had.
enum PeakMemory {
    /// In bytes; nil where the system does not tell, or the process has ended.
    /// - Parameter name: its id, or `self`.
    static func ofProcess(_ name: String) -> Int? {
        let file = open("/proc/\(name)/status", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(file, &buffer, buffer.count)
        guard count > 0 else { return nil }
        for line in String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n") {
            let words = line.split { $0 == " " || $0 == "\t" }
            if words.first == "VmHWM:", words.count > 1 { return Int(words[1]).map { $0 << 10 } }
        }
        return nil
    }
}
