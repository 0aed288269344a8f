import Foundation

/// What the figures were made on, without the name of any host.
struct Machine: CustomStringConvertible {
    let cores: Int
    let processor: String
    let kernel: String

    init() throws {
        cores = ProcessInfo.processInfo.activeProcessorCount
        let facts = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
        processor =
            facts.split(separator: "\n").first { $0.hasPrefix("model name") }?
            .split(separator: ":").last.map { $0.trimmingCharacters(in: .whitespaces) } ?? "unknown processor"
        // The rest of a release names a build.
        let release = try String(contentsOfFile: "/proc/sys/kernel/osrelease", encoding: .utf8)
        kernel = String(release.prefix { $0.isNumber || $0 == "." })
    }

    var description: String { "\(cores) cores (\(processor)), Linux \(kernel)" }
}
