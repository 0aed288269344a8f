/// Whether a file lies on this machine, as far as that matters to SQLite: over a network locks and the shared memory of the
/// write-ahead log are not to be relied on (<https://sqlite.org/useovernet.html>, <https://sqlite.org/wal.html>).
package enum FileSystemKind: Sendable, Hashable {
    case local
    /// Of another machine, whose locks this one may not see; by the kernel's name.
    case network(String)
    /// Run by a program, which may be a network's (`fuse.sshfs`) or not (`fuse.ntfs-3g`).
    case userSpace(String)

    /// - Parameter type: as in `/proc/filesystems`; unknown ones count as local.
    package init(type: String) {
        if Self.networks.contains(type) {
            self = .network(type)
        } else if type == "fuse" || type == "fuseblk" || type.hasPrefix("fuse.") {
            self = .userSpace(type)
        } else {
            self = .local
        }
    }

    /// Network and cluster file systems, and those by which a virtual machine sees its host's folders.
    private static let networks: Set<String> = [
        "nfs", "nfs4", "smb", "smb2", "smb3", "smbfs", "cifs", "ncpfs", "afs", "coda", "9p", "virtiofs", "vboxsf",
        "vmhgfs",
        "prl_fs", "ceph", "lustre", "gpfs", "beegfs", "pvfs2", "orangefs", "ocfs2", "gfs2", "glusterfs", "panfs",
        "davfs",
    ]

    /// The kernel's name where there is something to warn of.
    package var doubt: String? {
        switch self {
        case .local: nil
        case .network(let type), .userSpace(let type): type
        }
    }
}
