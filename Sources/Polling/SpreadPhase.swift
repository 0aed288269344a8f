/// A cluster's place within an interval, the same in every process.
///
/// Swift's `Hasher` is seeded per process; this is FNV-1a over the UTF-8 of the id's description, mixed once more since
/// ids that differ in their last byte only would otherwise lie close together.
package struct SpreadPhase: Sendable, Equatable {
    /// The place in units of 2^-32 of the interval.
    private let fraction: UInt32

    /// The place of an id; another salt gives an independent place.
    package init(of id: some Any, salt: UInt8 = 0) {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in [salt] + Array(String(describing: id).utf8) {
            hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        // The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
        hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
        hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
        fraction = UInt32(truncatingIfNeeded: (hash ^ (hash >> 31)) >> 32)
    }

    /// Where in a span this place lies: at least zero, less than the span.
    package func offset(within span: Duration) -> Duration {
        // 128 bits hold the product exactly for spans up to two thousand years.
        Duration(attoseconds: (span.attoseconds * Int128(fraction)) >> 32)
    }
}
