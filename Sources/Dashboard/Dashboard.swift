package import HTTPServing
import HTTPTypes

/// The web page: a shell and its files without any data, which therefore anybody may fetch.
///
/// What it shows it asks of the interface itself, with the reader's token where one is needed.
package enum Dashboard {
    /// `GET /` and `GET /assets/…`, of finished bytes; all of them are open to everyone.
    package static let routes: [Route] = PageFile.all.compactMap(route)

    private static func route(for file: PageFile) -> Route? {
        guard let kind = file.kind else { return nil }
        let representation = Representation(
            contentType: kind.rawValue,
            body: file.bytes,
            extraFields: PageFields.all
        )
        return Route(
            .get,
            file.path,
            id: file.path == "/" ? "getPage" : "getPageFile \(file.name)",
            summary: file.path == "/" ? "The web page" : "A file of the web page",
            handler: .immediate { _ in .representation(representation) }
        )
    }
}
