import CLibFuzzer

@testable import HTTPServing

/// What must hold of the parser when a peer goes on sending.
enum RetentionProperties {
    /// Bytes the parser may hold: several times the sum of the limits, for arrays grow by doubling.
    private static let room = 8 * 1024
    /// Bytes sent after the input.
    private static let flood = 32 * 1024

    /// The end of the input, sent again and again, is never gathered beyond the limits; once refused, everything is.
    static func check(_ input: [UInt8], limits: HTTPLimits, _ random: inout InputRandom) {
        guard !input.isEmpty else { return }
        let period = input.suffix(.random(in: 1...min(input.count, 256), using: &random))
        let piece = Array(repeatElement(period, count: 512 / period.count + 1).joined())
        let before = __sanitizer_get_current_allocated_bytes()
        var parser = RequestParser(limits: limits)
        parser.takeAll(input[...])
        for _ in 0...flood / piece.count {
            parser.takeAll(piece[...])
            let held = Int(__sanitizer_get_current_allocated_bytes()) - Int(before)
            Finding.unless(held <= room, "\(held) bytes are held while \(Array(period).shown) is sent again and again")
        }
        guard case .refused(let refusal) = parser.next() else { return }
        parser.takeAll(Array("\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n".utf8)[...])
        guard case .refused(refusal) = parser.next() else {
            Finding.unless(false, "\(refusal) was not the last word")
            return
        }
    }
}

extension RequestParser {
    /// Takes one piece and drops what comes of it.
    fileprivate mutating func takeAll(_ piece: ArraySlice<UInt8>) {
        piece.withUnsafeBytes { append($0) }
        while true {
            switch next() {
            case .incomplete, .refused: return
            case .expectsContinue, .request: continue
            }
        }
    }
}
