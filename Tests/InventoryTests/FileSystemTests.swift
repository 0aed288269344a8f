import Foundation
import Testing

@testable import Inventory

/// On which file systems SQLite's locks are not to be relied on, told from what the kernel says of its mounts.
struct FileSystemTests {
    /// As in proc_pid_mountinfo(5), with optional fields and without.
    private static let table = MountTable(
        """
        22 1 259:2 / / rw,relatime shared:1 - ext4 /dev/root rw
        30 22 0:25 / /srv rw - tmpfs tmpfs rw
        31 22 0:26 / /srv/nfs rw,relatime shared:9 master:2 - nfs4 host:/export rw,vers=4.2
        32 31 0:27 / /srv/nfs/deep\\040er\\134x rw - fuse.sshfs user@host:/ rw
        33 22 0:28 / /mnt rw - ext4 /dev/a rw
        34 22 0:29 / /mnt rw - 9p host rw,trans=virtio
        broken line
        35 22 0:30 /
        """
    )

    @Test(arguments: [
        ("/var/lib/linkwatch.db", "ext4"), ("/srv/a.db", "tmpfs"), ("/srv/nfs/a.db", "nfs4"), ("/srv/nfs", "nfs4"),
        ("/srv/nfsx/a.db", "tmpfs"), ("/srv/nfs/deep er\\x/a.db", "fuse.sshfs"), ("/mnt/a.db", "9p"),
    ])
    func `a path lies on the nearest mount, the last of two at one place`(_ path: String, _ type: String) {
        #expect(Self.table.fileSystem(of: path) == type)
    }

    @Test func `nothing is known without a table`() {
        #expect(MountTable("").fileSystem(of: "/a") == nil)
    }

    @Test(arguments: [
        "nfs", "nfs4", "cifs", "smb3", "9p", "virtiofs", "ceph", "lustre", "glusterfs", "fuse", "fuseblk", "fuse.sshfs",
        "fuse.s3fs",
    ])
    func `a network's file system is doubtful, and so is one that a program runs`(_ type: String) {
        #expect(FileSystemKind(type: type).doubt == type)
    }

    @Test(arguments: ["ext4", "xfs", "btrfs", "zfs", "tmpfs", "overlay", "fusectl", "nfsd", "unheard-of"])
    func `a disk is not`(_ type: String) {
        #expect(FileSystemKind(type: type).doubt == nil)
    }

    @Test func `the system's own table is read`() async throws {
        #if os(Linux)
        #expect(MountTable.current.fileSystem(of: "/") != nil)
        #endif
        try await withTemporaryFolder { folder in
            let database = try InventoryDatabase(path: folder.appending(path: "test.db").path)
            // Wherever tests run, it is one of the kinds.
            _ = database.fileSystem
            try database.close()
        }
    }
}
