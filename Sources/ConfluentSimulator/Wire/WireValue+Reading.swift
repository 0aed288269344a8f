import Foundation

extension WireValue {
    /// Reads JSON that somebody sent; the order of an object's members is not kept, they come sorted by name.
    ///
    /// - Throws: `badRequest` where the bytes are no JSON.
    package init(parsing bytes: [UInt8]) throws(SimulatorError) {
        do {
            self = try JSONDecoder().decode(Decoded.self, from: Data(bytes)).value
        } catch {
            throw .badRequest(at: "body", expected: "JSON")
        }
    }

    /// Adopts Foundation's decoding without making the type itself look encodable.
    private struct Decoded: Decodable {
        let value: WireValue

        init(from decoder: any Decoder) throws {
            let single = try decoder.singleValueContainer()
            if single.decodeNil() {
                value = .null
            } else if let flag = try? single.decode(Bool.self) {
                value = .bool(flag)
            } else if let number = try? single.decode(Int.self) {
                value = .integer(number)
            } else if let number = try? single.decode(Double.self) {
                value = .real(number)
            } else if let text = try? single.decode(String.self) {
                value = .string(text)
            } else if let elements = try? single.decode([Decoded].self) {
                value = .array(elements.map(\.value))
            } else {
                let members = try single.decode([String: Decoded].self)
                value = .object(members.sorted { $0.key < $1.key }.map { Member($0.key, $0.value.value) })
            }
        }
    }
}
