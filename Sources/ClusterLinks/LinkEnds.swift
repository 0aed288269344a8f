/// Which clusters a link names, as they stand in its document; nil for an end that it does not name.
package struct LinkEnds: Sendable, Hashable {
    let source: String?
    let destination: String?
    let remote: String?

    package init(_ document: LinkDocument) {
        source = document.text("source_cluster_id")
        destination = document.text("destination_cluster_id")
        remote = document.text("remote_cluster_id")
    }
}
