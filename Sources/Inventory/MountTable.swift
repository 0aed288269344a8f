import Foundation

/// What is mounted where, as Linux tells a process (proc_pid_mountinfo(5)).
struct MountTable {
    private struct Mount {
        let point: String
        let type: String
    }

    private let mounts: [Mount]

    /// - Parameter text: of `/proc/self/mountinfo`; lines that are none are passed over.
    init(_ text: String) {
        mounts = text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 4, let separator = fields.firstIndex(of: "-"), separator + 1 < fields.count else {
                return nil
            }
            return Mount(point: Self.unescaped(fields[4]), type: String(fields[separator + 1]))
        }
    }

    /// That of the running process; empty where the system has none.
    static var current: MountTable {
        MountTable((try? String(contentsOfFile: "/proc/self/mountinfo", encoding: .utf8)) ?? "")
    }

    /// The type of what an absolute path without symbolic links lies on; nil where no mount is known.
    ///
    /// Of two at one place the later hides the earlier.
    func fileSystem(of path: String) -> String? {
        var nearest: Mount?
        for mount in mounts {
            let folder = mount.point.hasSuffix("/") ? mount.point : mount.point + "/"
            guard path == mount.point || path.hasPrefix(folder) else { continue }
            if mount.point.utf8.count >= nearest?.point.utf8.count ?? 0 { nearest = mount }
        }
        return nearest?.type
    }

    /// The kernel writes blanks, tabs, line feeds and backslashes as three octal digits.
    private static func unescaped(_ field: Substring) -> String {
        var bytes: [UInt8] = []
        var rest = Array(field.utf8)[...]
        while let byte = rest.popFirst() {
            let digits = rest.prefix(3)
            guard byte == UInt8(ascii: "\\"), digits.count == 3,
                let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 8)
            else {
                bytes.append(byte)
                continue
            }
            bytes.append(value)
            rest = rest.dropFirst(3)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
