/// A digest that tells two contents apart and is the same after a restart: 128-bit FNV-1a
/// (http://www.isthe.com/chongo/tech/comp/fnv/).
///
/// It withstands accidents, not attackers, which is what an entity tag needs.
enum ContentDigest {
    private static let offset: UInt128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D
    private static let prime: UInt128 = 0x0000_0000_0100_0000_0000_0000_0000_013B

    static func hex(_ bytes: [UInt8]) -> String {
        var hash = offset
        for octet in bytes { hash = (hash ^ UInt128(octet)) &* prime }
        let digits = String(hash, radix: 16)
        return String(repeating: "0", count: 32 - digits.count) + digits
    }
}
