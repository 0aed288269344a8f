import Foundation
import LoopbackLoad
import Measuring

/// Datasette (https://datasette.io), which serves any SQLite file as JSON, on the same history.
struct DatasettePeer {
    let child: Child
    let server: Server
    private let database: String

    init(program: URL, serving history: HistoryFile, folder: URL) throws {
        let port = try LoopbackSocket.freePort()
        child = try Child(
            program,
            [
                "serve", history.url.path, "--host", "127.0.0.1", "--port", "\(port)", "--setting", "sql_time_limit_ms",
                "5000",
            ],
            in: folder
        )
        server = Server(name: "Datasette", port: port, pids: [child.pid])
        database = history.url.deletingPathExtension().lastPathComponent
        do {
            try child.awaitListening(on: port)
        } catch {
            child.stop()
            throw error
        }
    }

    /// The newest hundred versions of a link, with what the service's history page tells of each.
    func path(cluster: String, link: String) -> String {
        let sql = """
            SELECT valid_from, body, fields FROM clusters JOIN links USING (cluster_key) JOIN versions USING (link_key) \
            LEFT JOIN documents USING (document_key) LEFT JOIN field_lists USING (field_list_key) \
            WHERE cluster_id = :cluster AND link_name = :link ORDER BY valid_from DESC LIMIT 100
            """
        let encoded = sql.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? sql
        return "/\(database).json?sql=\(encoded)&cluster=\(cluster)&link=\(link)&_shape=objects"
    }
}
