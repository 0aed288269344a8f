/// The sums of a process's mappings: `/proc/PID/smaps_rollup` (https://docs.kernel.org/filesystems/proc.html).
package struct MemoryRollup: Sendable, Equatable {
    /// Resident pages that no other process shares, in bytes: what the process itself costs.
    package let privateBytes: Int

    /// Reads the file's text.
    package init(parsing text: String) throws(MeasuringError) {
        var kibibytes = 0
        var found = false
        for line in text.split(separator: "\n") where line.hasPrefix("Private_") {
            let words = line.split(separator: " ")
            guard words.count == 3, words[2] == "kB", let count = Int(words[1]) else {
                throw .unreadable(program: "smaps_rollup", text: String(line))
            }
            kibibytes += count
            found = true
        }
        guard found else { throw .unreadable(program: "smaps_rollup", text: text) }
        privateBytes = kibibytes * 1024
    }
}
