import CDashboardAssets

/// One embedded file of the page.
struct PageFile {
    let name: String
    let bytes: [UInt8]

    static let all: [PageFile] = (0..<dashboard_file_count()).map { index in
        let file = dashboard_file_at(index)
        return PageFile(
            name: file.name.map { String(cString: $0) } ?? "",
            bytes: Array(UnsafeBufferPointer(start: file.bytes, count: file.count))
        )
    }

    var path: String { name == "index.html" ? "/" : "/assets/\(name)" }

    /// What the file is, by its name's ending; nil for what the page has no use for.
    var kind: Kind? {
        switch name.split(separator: ".").last {
        case "html": .page
        case "css": .style
        case "js": .script
        case "svg": .drawing
        default: nil
        }
    }

    /// The media type of a file.
    enum Kind: String {
        case page = "text/html; charset=utf-8"
        case style = "text/css; charset=utf-8"
        case script = "text/javascript; charset=utf-8"
        case drawing = "image/svg+xml"
    }
}
