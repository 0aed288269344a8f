import Foundation

/// Writes the samples of the parser's tests as files, from which the fuzzer starts; `make seeds` compiles it together with
/// the samples.
@main
enum Seeds {
    static func main() throws {
        let folder = URL(filePath: CommandLine.arguments[1], directoryHint: .isDirectory)
        let samples =
            ParserSamples.accepted.map { ("accepted", $0.name, $0.bytes) }
            + ParserSamples.refused.map { ("refused", $0.name, $0.bytes) }
        for (judgement, name, bytes) in samples {
            let words = name.lowercased().split { !$0.isASCII || !($0.isLetter || $0.isNumber) }
            let file = folder.appending(component: ([judgement] + words.map(String.init)).joined(separator: "-"))
            // Two samples whose names differ by a mark alone would be one seed.
            guard !FileManager.default.fileExists(atPath: file.path) else { throw CocoaError(.fileWriteFileExists) }
            try Data(bytes.utf8).write(to: file)
        }
    }
}
