import Foundation
import Testing

/// Reads bodies with Foundation, so that the simulator's own writer is not believed.
enum JSONReading {
    static func object(_ bytes: [UInt8]) throws -> [String: Any] {
        let value = try JSONSerialization.jsonObject(with: Data(bytes))
        return try #require(value as? [String: Any])
    }

    static func items(_ bytes: [UInt8]) throws -> [[String: Any]] {
        try #require(try object(bytes)["data"] as? [[String: Any]])
    }
}
