/// How much one poll may take from an upstream that does not end.
package struct Limits: Sendable, Hashable {
    /// Pages of one list.
    package var pages: Int
    /// Bytes of all pages together, unpacked.
    package var bytes: Int

    /// A thousand pages and 64 MiB unless something is said.
    package init(pages: Int = 1000, bytes: Int = 64 * 1024 * 1024) {
        self.pages = pages
        self.bytes = bytes
    }
}
