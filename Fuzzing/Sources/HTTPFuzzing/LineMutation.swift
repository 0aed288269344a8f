import CLibFuzzer

/// What libFuzzer asks for a changed input: half of the time it changes bytes its own way, half of the time whole lines.
///
/// What smuggles a request is most often a second or a differing line, and bytes changed at random seldom make one.
@c(LLVMFuzzerCustomMutator)
public func mutateInput(_ start: UnsafeMutablePointer<UInt8>, _ count: Int, _ capacity: Int, _ seed: UInt32) -> Int {
    guard !seed.isMultiple(of: 2) else { return LLVMFuzzerMutate(start, count, capacity) }
    var random = InputRandom(withUnsafeBytes(of: seed) { Array($0) })
    let mutated = LineMutation.mutate(UnsafeBufferPointer(start: start, count: count), using: &random).prefix(capacity)
    for (index, octet) in mutated.enumerated() { start[index] = octet }
    return mutated.count
}

enum LineMutation {
    private static let lines = [
        "GET / HTTP/1.1", "POST / HTTP/1.1", "POST / HTTP/1.0", "OPTIONS * HTTP/1.1", "GET http://x/?y HTTP/1.1",
        "Host: x", "Host:", "Content-Length: 0", "Content-Length: 3", "Content-Length: 4",
        "Content-Length: 18446744073709551619", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip",
        "Transfer-Encoding:", "Expect: 100-continue", "Connection: close",
        "Connection: keep-alive", "A: b", "", "", "0", "3", "abc", "3;a=\"b\"", "0;a",
    ]
    private static let ends = [
        "\n", "\r", "\n\r", "\r\r\n", "", " \r\n", "\t\r\n", "\r\n ", "\r\n\t", "\0\r\n", "\r\n\r\n",
    ]

    static func mutate(_ bytes: UnsafeBufferPointer<UInt8>, using random: inout InputRandom) -> [UInt8] {
        var lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { Array($0) + [0x0A] }
        // What follows the last LF is a line without one.
        lines[lines.count - 1].removeLast()
        let place = Int.random(in: 0..<lines.count, using: &random)
        let other = Int.random(in: 0..<lines.count, using: &random)
        switch Int.random(in: 0..<6, using: &random) {
        case 0: lines.remove(at: place)
        case 1: lines.insert(lines[other], at: place)
        case 2: lines.swapAt(place, other)
        case 3:
            while let last = lines[place].last, last == 0x0A || last == 0x0D { lines[place].removeLast() }
            lines[place] += (ends.randomElement(using: &random) ?? "").utf8
        default: lines.insert(Array(((Self.lines.randomElement(using: &random) ?? "") + "\r\n").utf8), at: place)
        }
        return Array(lines.joined())
    }
}
