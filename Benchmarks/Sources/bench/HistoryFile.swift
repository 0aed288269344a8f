import Foundation
import Measuring

/// A year's history of a fleet in as many versions as are asked for, made once and kept for later runs.
struct HistoryFile {
    struct Link {
        let cluster: String
        let name: String
    }

    let url: URL
    /// When it begins and ends, in milliseconds since 1970.
    let span: ClosedRange<Int>
    /// How many versions there are, each of which a change began.
    let versions: Int
    let bytes: Int
    let links: [Link]

    /// Takes up the one that an earlier run has made, or makes it; that takes minutes.
    init(_ settings: Settings) throws {
        let folder = settings.workshop
        let name =
            "history-\(settings.versions)" + (settings.clusters == 1000 ? "" : "-of-\(settings.clusters)-clusters")
        let url = folder.appending(path: name + ".db")
        let facts = folder.appending(path: name + ".txt")
        if !FileManager.default.fileExists(atPath: facts.path) { try Self.make(url, facts, settings) }
        let figures = try FigureLines(parsing: try String(contentsOf: facts, encoding: .utf8))
        self.url = url
        span = Int(try figures.value("from"))...Int(try figures.value("to"))
        versions = Int(try figures.value("versions"))
        bytes = Int(try figures.value("file.bytes"))
        let list = try Program(besideDriver: "bare-sqlite").output(["list", url.path], in: folder)
        links = list.split(separator: "\n").compactMap { line in
            let words = line.split(separator: "\t")
            return words.count == 2 ? Link(cluster: String(words[0]), name: String(words[1])) : nil
        }
    }

    /// The facts come last: where they are, the history is whole.
    private static func make(_ url: URL, _ facts: URL, _ settings: Settings) throws {
        Progress.tell("  a history of \(settings.versions) versions is made in \(url.path); later runs use it again")
        try TemporaryFolder.with(in: settings.workshop) { temporary in
            let file = temporary.appending(path: "history.db")
            let text = try Program(settings.inventoryLoad)
                .output(["history", "\(settings.versions)", file.path, "\(settings.clusters)"], in: temporary)
            if FileManager.default.fileExists(atPath: url.path) { try FileManager.default.removeItem(at: url) }
            try FileManager.default.moveItem(at: file, to: url)
            try text.write(to: facts, atomically: true, encoding: .utf8)
        }
    }

    /// The ids of the clusters, each once.
    var clusters: [String] { Set(links.map(\.cluster)).sorted() }
}
