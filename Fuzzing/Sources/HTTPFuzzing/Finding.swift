#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// How a broken property is told.
enum Finding {
    /// Ends the process as libFuzzer wants it: it keeps the input in a file and shows how it came here.
    static func unless(_ holds: Bool, _ complaint: @autoclosure () -> String) {
        guard !holds else { return }
        let text = Array("FINDING: \(complaint())\n".utf8)
        _ = write(STDERR_FILENO, text, text.count)
        abort()
    }
}

extension Sequence<UInt8> {
    /// The bytes as a complaint shows them.
    var shown: String {
        "\"" + map { (0x20..<0x7F).contains($0) ? String(UnicodeScalar($0)) : "\\x" + String($0, radix: 16) }.joined()
            + "\""
    }
}
