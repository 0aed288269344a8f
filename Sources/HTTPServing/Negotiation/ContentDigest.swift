/// A digest that tells two contents apart and is the same after a restart.
///
/// It withstands accidents, not attackers, which is what an entity tag needs. Sixteen bytes at a time are mixed into 128 bits
/// by multiplications, whose upper halves are folded into the lower ones, so that every bit reaches every other: byte by
/// byte, as FNV-1a does it, a tenth of an answer of the past went into its tag.
enum ContentDigest {
    /// A multiplier whose bits are spread well: that of L'Ecuyer's 128-bit congruential generator ("Tables of Linear
    /// Congruential Generators of Different Sizes and Good Lattice Structure", 1999).
    private static let multiplier: UInt128 = 0x2360_ED05_1FC6_5DA4_4385_DF64_9FCC_F645
    private static let width = MemoryLayout<UInt128>.size

    /// 32 digits.
    static func hex(_ bytes: [UInt8]) -> String {
        var hash = bytes.withUnsafeBytes { bytes in
            // Zeroes at the end are told apart by the length.
            var hash = mixed(multiplier, UInt128(bytes.count))
            var offset = 0
            while offset + width <= bytes.count {
                hash = mixed(hash, UInt128(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt128.self)))
                offset += width
            }
            let rest = bytes[offset...].reversed().reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
            return mixed(hash, rest)
        }
        hash = mixed(hash, 0)
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 2 * width - digits.count) + digits
    }

    private static func mixed(_ hash: UInt128, _ word: UInt128) -> UInt128 {
        // Once would leave the top bits alone: they reach the lower half only by the fold.
        folded(folded(hash ^ word))
    }

    private static func folded(_ word: UInt128) -> UInt128 {
        let product = word &* multiplier
        return product ^ (product >> 64)
    }
}
