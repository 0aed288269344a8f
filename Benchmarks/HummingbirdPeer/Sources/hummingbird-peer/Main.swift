import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// `hummingbird-peer PORT PATH FILE FIELD…`: answers GET on one path with a file's bytes and the header fields given.
///
/// Written as Hummingbird's own examples are, but with nothing to log: the bytes are read once and a request is routed,
/// handled and answered, no middleware between.
@main
struct Main {
    static func main() async throws {
        let arguments = CommandLine.arguments.dropFirst()
        guard arguments.count >= 3, let port = Int(arguments[1]) else {
            FileHandle.standardError.write(Data("usage: hummingbird-peer PORT PATH FILE 'Name: value'…\n".utf8))
            exit(64)
        }
        let body = ByteBuffer(bytes: try Data(contentsOf: URL(filePath: arguments[3])))
        let fields = HTTPFields(arguments.dropFirst(3).compactMap(Self.field))

        let router = Router()
        router.get(RouterPath(arguments[2])) { _, _ in
            Response(status: .ok, headers: fields, body: ResponseBody(byteBuffer: body))
        }
        var logger = Logger(label: "hummingbird-peer")
        logger.logLevel = .error
        let application = Application(
            router: router,
            configuration: ApplicationConfiguration(address: .hostname("127.0.0.1", port: port)),
            logger: logger
        )
        try await application.runService()
    }

    private static func field(_ line: String) -> HTTPField? {
        guard let colon = line.firstIndex(of: ":"), let name = HTTPField.Name(String(line[..<colon])) else {
            return nil
        }
        return HTTPField(name: name, value: line[line.index(after: colon)...].trimmingCharacters(in: .whitespaces))
    }
}
