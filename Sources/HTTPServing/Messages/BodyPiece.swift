import Locking

/// A part of a body that stays the same in many representations, so that it need be compressed only once.
package final class BodyPiece: Sendable {
    /// The part in its plain form.
    package let bytes: [UInt8]
    private let compressed = Locked<Gzip.Piece?>(nil)

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// The part as `Gzip.join` takes it; made on the first call, which two at once may both do.
    func compressed(by make: ([UInt8]) -> Gzip.Piece?) -> Gzip.Piece? {
        if let known = compressed.withLock(\.self) { return known }
        guard let made = make(bytes) else { return nil }
        compressed.withLock { $0 = made }
        return made
    }
}
