import Foundation
import InventoryAPI

extension ProcessFacts {
    /// What the operating system says now; zero for what it does not say.
    static func current(startedAt: Double) -> ProcessFacts {
        var usage = rusage()
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        let processor = [usage.ru_utime, usage.ru_stime].reduce(0.0) {
            $0 + Double($1.tv_sec) + Double($1.tv_usec) / 1e6
        }
        return ProcessFacts(
            processorSeconds: processor,
            residentBytes: residentBytes,
            openDescriptors: openDescriptors,
            startedAt: startedAt
        )
    }

    /// The second number of `/proc/self/statm`, in pages.
    private static var residentBytes: Int64 {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else { return 0 }
        let pages = text.split(separator: " ").dropFirst().first.flatMap { Int64($0) } ?? 0
        return pages * Int64(sysconf(Int32(_SC_PAGESIZE)))
    }

    private static var openDescriptors: Int {
        (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
    }
}
